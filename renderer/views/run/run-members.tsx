import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunMember } from '../../../main/contract/records'
import { useSay } from '../../locales/say'
import { formatRoute } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import { ShareBar } from '../../widgets/share-bar'

/** What a run is made of, each member with its weight. */
export function RunMembers({ members }: { members: RunMember[] }) {
  const { t } = useTranslation()
  const say = useSay()
  const models = useWorkbench((state) => state.models)
  const columns: Column<RunMember>[] = [
    { key: 'member', heading: t('ensemble.member'), cell: (member) => <MemberName member={member} /> },
    {
      key: 'model',
      heading: t('ensemble.model'),
      cell: ({ model }) => say(models.find(({ id }) => id === model)?.name ?? model),
    },
    {
      key: 'weight',
      heading: t('ensemble.weight'),
      cell: ({ weight }) => (weight === null ? t('ensemble.weightLater') : <ShareBar share={weight} />),
    },
  ]
  return (
    <Panel title={t('ensemble.members')} flush>
      <DataTable
        label={t('ensemble.members')}
        columns={columns}
        rows={members}
        keyOf={({ runId }, index) => `${runId} ${index}`}
      />
    </Panel>
  )
}

/** Its name today where the run is there; else what it was called, for the ensemble needs it no more. */
function MemberName({ member }: { member: RunMember }) {
  const { t } = useTranslation()
  const run = useWorkbench((state) => state.runs.get(member.runId))
  if (!run) return `${member.name} (${t('ensemble.gone')})`
  return (
    <Anchor inherit href={formatRoute('run', { id: run.id })}>
      {run.name}
    </Anchor>
  )
}
