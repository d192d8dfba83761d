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

/** A run's curves; those of a run in training grow with it. */
export function useCurves(run: RunRecord): Curve[] {
  const growing = useWorkbench(({ curves }) => curves.get(run.id))
  return curvesOf(growing ?? run.curve)
}
