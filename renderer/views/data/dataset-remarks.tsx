import type { DatasetRecord } from '../../../main/contract/records'
import { changeRemark } from '../../commands/steps'
import { useEngine } from '../../state/engine'
import { useWorkbench } from '../../state/workbench'
import { knownTags, RemarksFields } from '../../widgets/remarks'

/** A dataset's tags and notes. */
export function DatasetRemarks({ dataset }: { dataset: DatasetRecord }) {
  const engine = useEngine()
  const datasets = useWorkbench((state) => state.datasets)
  return (
    <RemarksFields
      remarks={dataset}
      known={knownTags(datasets.values())}
      onChange={(field, value) => changeRemark(engine, 'dataset', dataset, field, value)}
    />
  )
}
