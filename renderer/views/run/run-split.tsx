import { useTranslation } from 'react-i18next'
import type { SplitCounts } from '../../../main/contract/records'
import { Panel } from '../../widgets/panel'
import { PartCountsTable } from '../../widgets/part-counts-table'

/** The sizes of the parts that it was trained and tested on. */
export function RunSplit({ counts }: { counts: SplitCounts }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('run.split')}>
      <PartCountsTable counts={counts} />
    </Panel>
  )
}
