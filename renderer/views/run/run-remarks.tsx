import type { RunRecord } from '../../../main/contract/records'
import { changeRemark } from '../../commands/steps'
import { useEngine } from '../../state/engine'
import { useWorkbench } from '../../state/workbench'
import { knownTags, RemarksFields } from '../../widgets/remarks'

/** A run's tags and notes. */
export function RunRemarks({ run }: { run: RunRecord }) {
  const engine = useEngine()
  const runs = useWorkbench((state) => state.runs)
  return (
    <RemarksFields
      remarks={run}
      known={knownTags(runs.values())}
      onChange={(field, value) => changeRemark(engine, 'run', run, field, value)}
    />
  )
}
