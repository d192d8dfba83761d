import { Button, Menu, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AttributeSummary } from '../../../../main/contract/features'
import { canBeCrossed, type FeatureLines, kindsFor, newFeature, withFeature } from '../../../state/features'
import styles from './features.module.css'

interface AddFeatureProps {
  attributes: readonly AttributeSummary[]
  lines: FeatureLines
  change(lines: FeatureLines): void
}

/** Every attribute as its usual kind, and a cross of two of them. */
export function AddFeature({ attributes, lines, change }: AddFeatureProps) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button>{t('features.add')}</Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu}>
        {(['items', 'users'] as const).map((of) => {
          const own = attributes.filter((attribute) => attribute.of === of)
          const crossed = own.filter(canBeCrossed)
          return (
            own.length > 0 && (
              <div key={of}>
                <Menu.Label>{t(`features.of.${of}`)}</Menu.Label>
                {own.map((attribute) => (
                  <Menu.Item
                    key={attribute.name}
                    onClick={() => change(withFeature(lines, newFeature(kindsFor(attribute)[0], of, [attribute.name])))}
                  >
                    <Text size="sm" className="data">
                      {attribute.name}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {t(`features.meanings.${kindsFor(attribute)[0]}`)}
                    </Text>
                  </Menu.Item>
                ))}
                {crossed.length > 1 && (
                  <Menu.Item
                    onClick={() => {
                      const columns = crossed.slice(0, 2).map(({ name }) => name)
                      change(withFeature(lines, newFeature('cross', of, columns)))
                    }}
                  >
                    <Text size="sm">{t('features.kinds.cross')}</Text>
                    <Text size="xs" c="dimmed">
                      {t('features.meanings.cross')}
                    </Text>
                  </Menu.Item>
                )}
              </div>
            )
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
