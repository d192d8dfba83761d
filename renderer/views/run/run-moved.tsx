import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MovedFeature, MovedFound } from '../../../main/contract/elsewhere'
import { useFormat } from '../../locales/format'
import { Fields } from '../../widgets/fields'
import { Panel } from '../../widgets/panel'

/** What a model that was trained on other data knows of this data, and what was missing. */
export function RunMoved({ moved }: { moved: MovedFound }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Panel title={t('elsewhere.moved')}>
      <Fields
        fields={[
          [t('elsewhere.movedRun'), moved.run],
          [t('elsewhere.movedDataset'), moved.dataset],
          [t('elsewhere.movedItems'), `${format.count(moved.itemsWithFeatures)} / ${format.count(moved.items)}`],
        ]}
      />
      <Table aria-label={t('elsewhere.movedFeatures')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('elsewhere.movedFeature')}</Table.Th>
            <Table.Th>{t('elsewhere.movedKnown')}</Table.Th>
            <Table.Th>{t('elsewhere.movedUnknown')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {moved.features.map((feature) => (
            <FeatureRow key={feature.name} feature={feature} />
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" c="dimmed">
        {t('elsewhere.movedText')}
      </Text>
    </Panel>
  )
}

function FeatureRow({ feature }: { feature: MovedFeature }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { name, problem, learned, shared, unknown, examples, values, lost } = feature
  const strange = t('elsewhere.movedLost', { count: unknown, lost: format.count(lost), values: format.count(values) })
  return (
    <Table.Tr>
      <Table.Td className="data">{name}</Table.Td>
      {problem ? (
        <Table.Td colSpan={2}>{t(`elsewhere.movedProblems.${problem}`)}</Table.Td>
      ) : (
        <>
          <Table.Td>{`${format.count(shared)} / ${format.count(learned)}`}</Table.Td>
          <Table.Td title={examples.join(', ')}>{strange}</Table.Td>
        </>
      )}
    </Table.Tr>
  )
}
