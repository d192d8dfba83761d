import { Menu, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { chooseSelection, deleteSelection } from '../commands/selection-steps'
import { show } from '../commands/state'
import { useAction, useEngine } from '../state/engine'
import { selectionsOf, useSelectionInForce } from '../state/selections'
import { useWorkbench } from '../state/workbench'
import styles from './top-bar.module.css'

/** The selection in force, what can be done with it, and the way to others. */
export function SelectionChip() {
  const { t } = useTranslation()
  const workbench = useWorkbench()
  const selection = useSelectionInForce()
  const all = selectionsOf(workbench, workbench.datasetInForce)
  if (all.length === 0) return null
  const others = all.filter(({ id }) => id !== selection?.id)
  const label = selection
    ? t('selection.inForce', {
        name: selection.name,
        count: t(`selection.count.${selection.of}`, { count: selection.count }),
      })
    : t('selection.none')
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <UnstyledButton
          className={selection ? `${styles.chip} ${styles.selected}` : styles.chip}
          aria-label={t('selection.choose', { current: label })}
          title={label}
        >
          {selection && <span className={styles.selectedName}>{selection.name}</span>}
          <span>
            {selection ? t(`selection.count.${selection.of}`, { count: selection.count }) : label}{' '}
            <span aria-hidden="true">▾</span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {selection && <Actions />}
        {selection && others.length > 0 && <Menu.Divider />}
        {others.length > 0 && <Menu.Label>{t('selection.others')}</Menu.Label>}
        <div className={styles.menuList}>
          {others.map((other) => (
            <Menu.Item key={other.id} onClick={() => chooseSelection(other)}>
              <Text size="sm" className="clipped">
                {other.name}
              </Text>
              <Text size="xs" c="dimmed">
                {t(`selection.count.${other.of}`, { count: other.count })}
              </Text>
            </Menu.Item>
          ))}
        </div>
      </Menu.Dropdown>
    </Menu>
  )
}

function Actions() {
  const { t } = useTranslation()
  const engine = useEngine()
  const selection = useSelectionInForce()
  const remove = useAction(deleteSelection)
  if (!selection) return null
  return (
    <>
      <Menu.Item onClick={() => show({ kind: 'members', selection })}>{t('selection.showMembers')}</Menu.Item>
      <Menu.Item onClick={() => show({ kind: 'rename', what: 'selection', record: selection })}>
        {t('selection.rename')}
      </Menu.Item>
      <Menu.Item onClick={() => show({ kind: 'export', selection })}>{t('exports.open')}</Menu.Item>
      <Menu.Item onClick={() => remove.run(engine, selection)}>{t('selection.delete')}</Menu.Item>
      <Menu.Item onClick={() => chooseSelection(null)}>{t('selection.clear')}</Menu.Item>
    </>
  )
}
