import type { Progress, RunRecord } from './records'

/** What a model reported at each epoch, in their order. */
export type TrainingCurve = RunRecord['curve']

/**
 * The curve with what a report of progress adds; the same curve where that is nothing. Where an epoch is reported
 * again, it and what followed it give way.
 */
export function extendCurve(
  curve: TrainingCurve,
  progress: Partial<Pick<Progress, 'epoch' | 'values'>>,
): TrainingCurve {
  const { epoch, values } = progress
  if (typeof epoch !== 'number' || !values || Object.keys(values).length === 0) return curve
  return [...curve.filter((point) => point.epoch < epoch), { epoch, values }]
}
