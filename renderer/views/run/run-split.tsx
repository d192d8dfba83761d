import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import { isActive } from '../../widgets/job-progress'
import { Panel } from '../../widgets/panel'
import { AwaitedPartCounts, PartCountsTable } from '../../widgets/part-counts-table'

/** The sizes of the parts that it was trained and tested on; in its place already while they are counted. */
export function RunSplit({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const { counts, split } = run
  if (!counts && !isActive(run)) return null
  return (
    <Panel title={t('run.split')}>
      {counts ? <PartCountsTable counts={counts} /> : <AwaitedPartCounts split={split} />}
    </Panel>
  )
}
