import type { GraphicsChannel } from './compute/tensorflow/remote-card'
import { computeInWindow } from './compute/tensorflow/webgpu'
import { TopnError, toPlainError } from './contract/errors'
import { graphicsOpener, parentChannel } from './link/process'
import { createRpc } from './link/rpc'
import { outOfMemory } from './training/memory'
import { performTask } from './training/perform-task'
import type { EngineSide, JobSide } from './training/processes'

// The process of one job: it takes one task, reports, answers, and ends when its parent goes.

const channel = parentChannel()
const controller = new AbortController()
const openGraphics = graphicsOpener()
if (openGraphics) computeInWindow(() => openGraphics() as GraphicsChannel)
const pause = new AbortController()

const engine = createRpc<JobSide, EngineSide>(channel, {
  async run(task) {
    try {
      return await performTask(task, {
        signal: controller.signal,
        pause: pause.signal,
        report: (progress) => void engine.report(progress).catch(() => {}),
      })
    } catch (error) {
      throw explain(error)
    }
  },
  async pause() {
    pause.abort(new TopnError('PAUSED', 'Paused.'))
  },
  async cancel() {
    controller.abort(new TopnError('CANCELLED', 'Cancelled.'))
  },
})
channel.onClose(() => process.exit(0))
// Ctrl+C reaches all processes of a terminal; what becomes of a job is for the engine to say.
process.on('SIGINT', () => {})

/** The parent is trusted with the text of any error; an allocation that failed is said as such. */
function explain(error: unknown): TopnError {
  if (error instanceof RangeError && /allocation|memory|array length/i.test(error.message)) {
    return outOfMemory(`${error.message}.`)
  }
  const plain = toPlainError(error, true)
  return new TopnError(plain.code, plain.message, plain.data, { cause: error })
}
