import { TopnError } from '../../contract/errors'
import type { TrainingState } from '../checkpoint'

/** A loss so many times the first one, or 1 where that is less, will not come back. */
const mostGrowth = 1000

/** What became endless stays so, and what exploded learns nothing: all that follows would be computed in vain. */
export function refuseDivergence(loss: number, { epoch, step, firstLoss }: TrainingState): void {
  const limit = mostGrowth * Math.max(1, firstLoss ?? Number.POSITIVE_INFINITY)
  if (Number.isFinite(loss) && loss <= limit) return
  const message = Number.isFinite(loss)
    ? `Training diverged at step ${step + 1} of epoch ${epoch + 1}: the loss grew to ${loss.toPrecision(3)}, from ${firstLoss?.toPrecision(3)} at the first step. ${advice}`
    : `Training diverged at step ${step + 1} of epoch ${epoch + 1}: the loss is no number any more. ${advice}`
  throw new TopnError('BAD_REQUEST', message, { field: 'params' })
}

const advice = 'Choose a smaller learning_rate, more warmup_steps, or a gradient_clip such as 1.'
