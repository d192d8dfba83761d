import type { TrainingCurve } from '../../main/contract/curve'
import type { RunRecord } from '../../main/contract/records'
import { useWorkbench } from './workbench'

/** One value over the epochs. */
export interface Curve {
  name: string
  epochs: number[]
  /** One for each epoch; null where it was not reported. */
  values: (number | null)[]
}

/** A curve for each value that was reported at two epochs or more, in the order in which they first appear. */
export function curvesOf(curve: TrainingCurve): Curve[] {
  const names = [...new Set(curve.flatMap(({ values }) => Object.keys(values)))]
  const epochs = curve.map(({ epoch }) => epoch)
  return names
    .map((name) => ({ name, epochs, values: curve.map(({ values }) => finiteOrNull(values[name])) }))
    .filter(({ values }) => values.filter((value) => value !== null).length > 1)
}

function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}

type Settled = Pick<RunRecord, 'params' | 'elsewhere'>

/**
 * The names of the curves that training will draw, before there are two epochs: those of the first one, or those that
 * every network reports. Of any other model nothing is known before its first epoch.
 */
export function awaitedCurves(run: Settled, [first]: TrainingCurve): string[] {
  if (first) return Object.keys(first.values)
  if (!trainsNetwork(run)) return []
  const stopping = stoppedBy(run)
  return stopping === null ? ['loss'] : ['loss', stopping]
}

/** Not so a model that was trained on other data: it has the parameters of a network, and is only judged. */
export function trainsNetwork({ params, elsewhere }: Settled): boolean {
  return elsewhere === undefined && Object.hasOwn(params, 'batch_size')
}

/** The metric that may stop a network early; null where none does. */
export function stoppedBy({ params: { early_stopping: metric } }: Pick<RunRecord, 'params'>): string | null {
  return typeof metric === 'string' && metric !== 'off' ? metric : null
}

/** A run's curves; those of a run in training grow with it. */
export function useCurves(run: RunRecord): Curve[] {
  return curvesOf(useReports(run))
}

export function useAwaitedCurves(run: RunRecord): string[] {
  return awaitedCurves(run, useReports(run))
}

function useReports({ id, curve }: RunRecord): TrainingCurve {
  return useWorkbench(({ curves }) => curves.get(id)) ?? curve
}
