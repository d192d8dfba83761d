import type { TFunction } from 'i18next'
import type { Format } from '../../locales/format'
import type { FormProblem } from '../../state/experiment'

/** What is wrong with a field, as a sentence that names it. */
export function problemText({ problem }: FormProblem, field: string, t: TFunction, format: Format): string {
  if (problem.kind === 'members' || problem.kind === 'validation' || problem.kind === 'heldOut') {
    return t(`ensemble.problems.${problem.kind}`, { field })
  }
  if (problem.kind === 'stopping') return t('control.stopping', { field })
  if (problem.kind !== 'range') return t(`train.problems.${problem.kind}`, { field })
  const { minimum, maximum } = problem
  return t('train.problems.range', { field, minimum: format.value(minimum), maximum: format.value(maximum) })
}
