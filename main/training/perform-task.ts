import { probeDevice } from '../compute/devices'
import { askTask } from './task-ask'
import { compareTask } from './task-compare'
import { exportTask, proveTask } from './task-export'
import { encodeFeaturesTask, previewFeaturesTask } from './task-features'
import { listsTask } from './task-lists'
import { overlapTask } from './task-overlap'
import { previewCompressionTask } from './task-preview-compression'
import { projectionTask } from './task-projection'
import { redefineTask } from './task-redefine'
import { segmentsTask } from './task-segments'
import { splitTask } from './task-split'
import { trainTask } from './task-train'
import { trialTask } from './task-trial'
import type { Task, TaskContext, TaskKind, TaskKinds, TaskResult } from './tasks'

type Perform<Kind extends TaskKind> = (
  task: TaskKinds[Kind]['task'],
  context: TaskContext,
) => Promise<TaskKinds[Kind]['result']>

/** How each kind of task is performed. */
const performers: { [Kind in TaskKind]: Perform<Kind> } = {
  split: splitTask,
  'encode-features': encodeFeaturesTask,
  'preview-features': previewFeaturesTask,
  train: trainTask,
  trial: trialTask,
  lists: listsTask,
  compare: compareTask,
  segments: segmentsTask,
  redefine: redefineTask,
  overlap: overlapTask,
  export: exportTask,
  prove: proveTask,
  'preview-compression': previewCompressionTask,
  ask: askTask,
  'probe-device': ({ device }) => probeDevice(device),
  projection: projectionTask,
}

/** Performs a task in this process. */
export async function performTask(task: Task, context: TaskContext): Promise<TaskResult<Task>> {
  const perform = performers[task.kind] as Perform<TaskKind>
  return perform(task, context)
}
