import type { RunRecord } from '../../main/contract/records'

/** One value over the epochs. */
export interface Curve {
  name: string
  epochs: number[]
  /** One for each epoch; null where it was not reported. */
  values: (number | null)[]
}

/** A curve for each value that was reported at two epochs or more, in the order in which they first appear. */
export function curvesOf(curve: RunRecord['curve']): Curve[] {
  const names = [...new Set(curve.flatMap(({ values }) => Object.keys(values)))]
  const epochs = curve.map(({ epoch }) => epoch)
  return names
    .map((name) => ({ name, epochs, values: curve.map(({ values }) => finiteOrNull(values[name])) }))
    .filter(({ values }) => values.filter((value) => value !== null).length > 1)
}

function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}
