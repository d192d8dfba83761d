import { definedMetrics } from '../../contract/profiles'
import type { JudgedList } from '../metric'
import type { Definition, Profile } from './profile'

/** Every metric of a profile at every cutoff, of lists that are at least as long as the largest one; keys are `id@k`. */
export function redefine(
  lists: readonly JudgedList[],
  { definitions }: Profile,
  cutoffs: readonly number[],
): Record<string, number> {
  const metrics: Record<string, number> = {}
  for (const metric of definedMetrics) {
    const definition = definitions[metric]
    if (!definition) continue
    for (const k of cutoffs) metrics[`${metric}@${k}`] = valueOfAll(definition, lists, k)
  }
  return metrics
}

/** NaN where no user counts. */
function valueOfAll(definition: Definition, lists: readonly JudgedList[], k: number): number {
  let [sum, divisor] = [0, 0]
  for (const list of lists) {
    const [part, weight] = definition.kind === 'ratio' ? definition.parts(list, k) : [definition.value(list, k), 1]
    if (Number.isNaN(part)) continue
    sum += part
    divisor += weight
  }
  return sum / divisor
}
