import type { PlanReason, PlanReasonCode } from '../../main/contract/plan'
import type { Format } from '../locales/format'

export const planSteps = ['clean', 'split', 'evaluate', 'train'] as const
export type PlanStep = (typeof planSteps)[number]

/** The step of the experiment that a reason is about. */
export const stepOfReason: Record<PlanReasonCode, PlanStep> = {
  duplicates: 'clean',
  'rating-filter': 'clean',
  'no-rating-filter': 'clean',
  'k-core': 'clean',
  'no-k-core': 'clean',
  'split-predefined': 'split',
  'split-leave-last-out': 'split',
  'split-random': 'split',
  'candidates-all': 'evaluate',
  models: 'train',
  'model-too-large': 'train',
  'model-too-slow': 'train',
}

/** A reason's data as it is written in a sentence: sizes, times and shares with their units, models by their names. */
export function writtenReason(
  { code, data }: PlanReason,
  format: Format,
  nameOf: (model: string) => string,
): Record<string, string> {
  const write = (name: string, value: number | string) => {
    if (name === 'model') return nameOf(String(value))
    if (typeof value === 'string') return value
    if (name === 'bytes' || (name === 'limit' && code === 'model-too-large')) return format.bytes(value)
    if (name === 'seconds' || (name === 'limit' && code === 'model-too-slow')) return format.duration(value)
    if (name === 'ratio') return format.percent(value)
    return Number.isInteger(value) ? format.count(value) : format.value(value)
  }
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, write(name, value)]))
}
