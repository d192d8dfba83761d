import type { TrainingState } from '../checkpoint'
import type { Parameters } from '../model'
import { stoppingMetrics } from './parameters'

/** The metric that is watched on the validation part: the one that stops training, or the usual one. */
export function metricOf({ early_stopping: metric }: Parameters): string {
  return metric === 'off' ? stoppingMetrics[0] : String(metric)
}

/** The state with what a look at the validation part found; the same state where there was none. */
export function judged(
  state: TrainingState,
  metrics: Readonly<Record<string, number>>,
  params: Parameters,
): TrainingState {
  const value: number | undefined = metrics[metricOf(params)]
  if (params.early_stopping === 'off' || value === undefined) return state
  if (state.best && value <= state.best.value) return { ...state, stale: state.stale + 1 }
  return { ...state, best: { epoch: state.epoch, value }, stale: 0 }
}

/** Whether the metric has not grown for as long as patience lasts. */
export function isStopped({ best, stale }: TrainingState, params: Parameters): boolean {
  return best !== null && stale >= Number(params.patience)
}
