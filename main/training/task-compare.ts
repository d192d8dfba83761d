import { type Compared, compareRuns } from '../evaluation/significance/compare'
import { readSafetensors } from '../files/safetensors'
import { valuesFromTensors } from './results'
import type { CompareTask } from './tasks'

export async function compareTask(task: CompareTask): Promise<Compared> {
  return compareRuns({ ...task, values: valuesFromTensors(await readSafetensors(task.values)) })
}
