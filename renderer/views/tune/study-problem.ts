import type { TFunction } from 'i18next'
import type { Format } from '../../locales/format'
import type { StudyProblem } from '../../state/study-draft'

const fields = ['trials', 'minutes', 'parallel', 'seed'] as const

/** What is wrong with a field of a study, as a sentence that names it. */
export function problemText(
  { field, model, problem }: StudyProblem,
  nameOf: (model: string) => string,
  t: TFunction,
  format: Format,
): string {
  const own = fields.find((name) => name === field)
  const named = model ? `${nameOf(model)} · ${field}` : own ? t(`tune.new.${own}`) : field
  if (problem.kind !== 'range') return t(`tune.problems.${problem.kind}`, { field: named })
  const { minimum, maximum } = problem
  return t('tune.problems.range', { field: named, minimum: format.value(minimum), maximum: format.value(maximum) })
}
