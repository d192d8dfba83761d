import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Elsewhere, filesOf, mostUnknown } from '../../../main/contract/elsewhere'
import type { RunRecord } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { type Field, Fields } from '../../widgets/fields'
import { Panel } from '../../widgets/panel'

interface RunElsewhereProps {
  elsewhere: NonNullable<RunRecord['elsewhere']>
  cutoffs: readonly number[]
}

/** Where a run that another program made comes from, and how it fits the data. */
export function RunElsewhere({ elsewhere: { from, found }, cutoffs }: RunElsewhereProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const counts = ['rows', 'leftOut', 'unknownUsers', 'unknownItems', 'users', 'withoutList'] as const
  const countOf = (name: (typeof counts)[number]) => {
    if (!found) return '–'
    const isMost = name.startsWith('unknown') && found[name] === mostUnknown
    return isMost ? t('elsewhere.orMore', { count: mostUnknown }) : format.count(found[name])
  }
  const fields = counts.map((name): Field => [t(`elsewhere.${name}`), countOf(name)])
  const { takes, withoutScore } = found ?? {}
  if (withoutScore !== undefined) fields.push([t('elsewhere.withoutScore'), format.count(withoutScore)])
  if (takes) fields.unshift([t('elsewhere.takes'), t(`elsewhere.takesKinds.${takes}`)])
  const isShort = found !== null && found.longest !== null && found.longest < Math.max(...cutoffs)
  return (
    <Panel title={t('elsewhere.panel')}>
      <Fields fields={[...fileFields(from, t('elsewhere.file')), ...fields]} />
      {found && found.withoutList > 0 && <Note text={t('elsewhere.judgedEmpty')} />}
      {isShort && <Note text={t('elsewhere.short', { count: found.longest })} />}
      {found?.ranksStandIn && <Note text={t('elsewhere.ranksStandIn')} />}
    </Panel>
  )
}

function fileFields(from: Elsewhere, label: string): Field[] {
  return filesOf(from).map((path) => [
    label,
    <span key={path} title={path}>
      {path.split(/[\\/]/).at(-1)}
    </span>,
  ])
}

function Note({ text }: { text: string }) {
  return (
    <Text size="sm" c="dimmed">
      {text}
    </Text>
  )
}
