import type { TaskRunner } from '../training/processes'
import type { WarmProcess } from '../training/warm'
import type { Hub } from './hub'

/** Of the memory of a job that must be free for what is warm to stay beside a training. */
const shareToStay = 0.5

/** Ends what is warm before a model is trained where memory is short; other tasks are small. */
export function makingRoom(runTask: TaskRunner, warm: Pick<WarmProcess, 'end'>, memoryLimitBytes: number): TaskRunner {
  return (task, context) => {
    const isLarge = task.kind === 'train' || task.kind === 'trial'
    if (isLarge && process.availableMemory() < memoryLimitBytes * shareToStay) warm.end()
    return runTask(task, context)
  }
}

/** Ends what is warm once a run or dataset is deleted: it may hold their models. */
export function endWithWhatItReads(warm: Pick<WarmProcess, 'end'>, hub: Pick<Hub, 'subscribe'>): void {
  hub.subscribe(({ name, value }) => {
    if ((name === 'run' || name === 'dataset') && (value as { record?: unknown }).record === null) warm.end()
  })
}
