import { Anchor, Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '../../../../main/contract/calls'
import type { Subject } from '../../../../main/contract/filters'
import type { RunRecord } from '../../../../main/contract/records'
import type { SegmentUser } from '../../../../main/contract/segments'
import { show } from '../../../commands/state'
import { useFormat } from '../../../locales/format'
import { useAction, useAnswer, useEngine } from '../../../state/engine'
import { chooseListRuns } from '../../../state/list-runs'
import { formatRoute } from '../../../state/router'
import type { PlacedSegment } from '../../../state/segments'
import { pText, signed } from '../../../state/significance'
import { useWorkbench } from '../../../state/workbench'
import { type Column, DataTable } from '../../../widgets/data-table'
import { Panel } from '../../../widgets/panel'
import { Failure, Loading } from '../../../widgets/states'
import type { FoundParts } from './for-whom'
import { useSegmentTexts } from './segment-texts'

interface SegmentDetailProps extends FoundParts {
  /** The segment, and the place of the run that was chosen in it. */
  detail: PlacedSegment & { column: number }
  runs: RunRecord[]
}

const mostUsers = 100

/** One run in one segment beside the best other one: the users, the way to their lists, and a name for all of them. */
export function SegmentDetail({ map, nameOf, metric, detail, runs }: SegmentDetailProps) {
  const { t } = useTranslation()
  const texts = useSegmentTexts()
  const { group, place, result, column } = detail
  const other = rivalOf(detail)
  const runIds = [map.runIds[column], map.runIds[other]]
  const asked = { runIds, metric: map.metric, segmentation: group.segmentation, segment: place }
  const answer = useAnswer('comparison.segmentUsers', result.users > 0 ? { ...asked, limit: mostUsers } : null)
  const name = texts.segment(detail)
  const columns = useColumns(runIds, [nameOf(column), nameOf(other)])
  return (
    <Panel
      title={t('segments.detail', { segment: name })}
      note={t('segments.detailNote', {
        count: result.users,
        first: nameOf(column),
        second: nameOf(other),
      })}
      actions={<NameSegment asked={asked} name={name} datasetId={runs[0].datasetId} of={group.of} />}
      flush
    >
      <Lead nameOf={nameOf} metric={metric} detail={detail} />
      {answer.state === 'loading' && <Loading />}
      {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
      {answer.value && (
        <DataTable
          label={t('segments.detail', { segment: name })}
          columns={columns}
          rows={answer.value.users}
          keyOf={({ user }) => user}
          maximumHeight={320}
        />
      )}
    </Panel>
  )
}

/** Beside the best run of a segment stands the overall winner it beats, or else the second best; beside others the best. */
function rivalOf({ column, result: { best, lead, upset } }: SegmentDetailProps['detail']): number {
  if (best !== null && column !== best) return best
  return upset?.worse ?? lead?.worse ?? (column === 0 ? 1 : 0)
}

function Lead({ nameOf, metric, detail }: Pick<SegmentDetailProps, 'nameOf' | 'metric' | 'detail'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const { lead } = detail.result
  if (!lead) return null
  return (
    <Text size="sm" p="sm">
      {t('segments.lead', {
        better: nameOf(lead.better),
        worse: nameOf(lead.worse),
        metric,
        difference: format.decimal(Math.abs(lead.difference)),
        p: pText(lead.corrected, format),
      })}
    </Text>
  )
}

interface NameSegmentProps {
  asked: CallInput<'comparison.segmentMembers'>
  name: string
  datasetId: string
  of: Subject
}

/** Makes a selection of the segment. */
function NameSegment({ asked, name, datasetId, of }: NameSegmentProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const dataset = useWorkbench((state) => state.datasets.get(datasetId))
  const take = useAction(async () => {
    if (!dataset) return
    const { ids } = await engine.call('comparison.segmentMembers', asked)
    show({
      kind: 'nameSelection',
      dataset,
      members: of === 'users' ? { users: ids, name } : { items: ids, name },
    })
  })
  return (
    <Button variant="default" loading={take.busy} onClick={() => take.run()}>
      {t('segments.name')}
    </Button>
  )
}

function useColumns(runIds: string[], names: string[]): Column<SegmentUser>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return [
    {
      key: 'user',
      heading: t('segments.user'),
      cell: ({ user }) => (
        <Anchor
          href={formatRoute('users', { user })}
          title={t('segments.lists', { user })}
          size="sm"
          onClick={() => chooseListRuns(runIds)}
        >
          <bdi className="data">{user}</bdi>
        </Anchor>
      ),
    },
    ...names.map(
      (name, at): Column<SegmentUser> => ({
        key: runIds[at],
        heading: name,
        align: 'right',
        cell: ({ values }) => format.decimal(values[at]),
      }),
    ),
    {
      key: 'difference',
      heading: t('segments.difference'),
      align: 'right',
      cell: ({ values: [first, second] }) => signed(first - second, format),
    },
  ]
}
