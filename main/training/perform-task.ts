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
import type { Task, TaskContext, TaskResult } from './tasks'

/** Performs a task in this process. */
export async function performTask(task: Task, context: TaskContext): Promise<TaskResult<Task>> {
  switch (task.kind) {
    case 'split':
      return splitTask(task)
    case 'encode-features':
      return encodeFeaturesTask(task, context)
    case 'preview-features':
      return previewFeaturesTask(task, context)
    case 'train':
      return trainTask(task, context)
    case 'trial':
      return trialTask(task, context)
    case 'lists':
      return listsTask(task, context)
    case 'compare':
      return compareTask(task)
    case 'segments':
      return segmentsTask(task)
    case 'redefine':
      return redefineTask(task, context)
    case 'probe-device':
      return probeDevice(task.device)
    case 'overlap':
      return overlapTask(task)
    case 'ask':
      return askTask(task)
    case 'projection':
      return projectionTask(task, context)
    case 'export':
      return exportTask(task, context)
    case 'prove':
      return proveTask(task, context)
    case 'preview-compression':
      return previewCompressionTask(task, context)
  }
}
