import type { ModelDescription } from '../../main/contract/parameters'
import type { RunRecord } from '../../main/contract/records'

/** Why a trained run's model cannot score other data, or null; the engine has the last word. */
export function transferProblem(
  { features }: Pick<RunRecord, 'features'>,
  { capabilities }: Pick<ModelDescription, 'capabilities'>,
): 'model' | 'features' | null {
  if (!capabilities.includes('transfer')) return 'model'
  return features?.some(({ of }) => of === 'items') ? null : 'features'
}

/** Whether a run's model was trained here, on its own data, and can score other data. */
export function canTransfer(run: RunRecord, models: readonly ModelDescription[]): boolean {
  const model = models.find(({ id }) => id === run.model)
  return run.state === 'done' && !run.elsewhere && model !== undefined && transferProblem(run, model) === null
}
