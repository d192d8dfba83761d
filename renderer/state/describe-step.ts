import type { TFunction } from 'i18next'
import type { CleanStep, StepOf } from '../../main/contract/clean'
import type { Format } from '../locales/format'

/** What a cleaning step does, in a few words; nothing for a step without any bound. */
export function describeStep(step: CleanStep, t: TFunction, format: Format): string[] {
  switch (step.step) {
    case 'event-weights': {
      const weights = Object.entries(step.weights).map(([event, weight]) => `${event} ${format.value(weight)}`)
      return [t('recipe.summary.event-weights', { weights: weights.join(', ') })]
    }
    case 'duplicates':
      return [t(`recipe.summary.duplicates-${step.keep}`)]
    case 'rating-filter':
      return [
        ...(step.min === undefined ? [] : [t('recipe.summary.rating-min', { min: format.value(step.min) })]),
        ...(step.max === undefined ? [] : [t('recipe.summary.rating-max', { max: format.value(step.max) })]),
      ]
    case 'rating-map':
      return [describeMap(step, t, format)]
    case 'date-range':
      return [
        ...(step.from === undefined ? [] : [t('recipe.summary.date-from', { from: written(step.from, format) })]),
        ...(step.to === undefined ? [] : [t('recipe.summary.date-to', { to: written(step.to, format) })]),
      ]
    case 'user-outliers':
    case 'item-outliers': {
      const of = step.step === 'user-outliers' ? 'users' : 'items'
      return (['more_than', 'per_minute'] as const).flatMap((bound) => {
        const count = step[bound]
        return count === undefined ? [] : [t(`recipe.summary.${of}-${bound}`, { count })]
      })
    }
    case 'k-core':
      return [t('recipe.summary.k-core', { user: format.count(step.user), item: format.count(step.item) })]
    case 'sample-users':
      if (step.count !== undefined) return [t('recipe.summary.sample-count', { count: step.count })]
      return [t('recipe.summary.sample-share', { share: format.percent(step.share ?? 1) })]
    case 'attribute-filter':
      return [
        t(`recipe.summary.${step.keep ? 'keep' : 'drop'}-${step.of}`, { name: step.name, values: range(step, format) }),
      ]
    case 'drop-columns': {
      const columns = step.columns.map((column) => t(`recipe.columns.${column}`))
      return [t('recipe.summary.drop-columns', { names: [...columns, ...step.items, ...step.users].join(', ') })]
    }
    case 'coarsen-time':
      return [t(`recipe.summary.time-${step.to}`)]
    case 'noise':
      return [t('recipe.summary.noise', { epsilon: format.value(step.epsilon) })]
  }
}

function describeMap(step: StepOf<'rating-map'>, t: TFunction, format: Format): string {
  if (step.map === 'threshold') {
    return t(`recipe.summary.threshold-${step.others}`, { threshold: format.value(step.threshold) })
  }
  if (step.map !== 'clip') return t(`recipe.summary.${step.map}`)
  const bound = (value: number | undefined) => (value === undefined ? '–' : format.value(value))
  return t('recipe.summary.clip', { min: bound(step.min), max: bound(step.max) })
}

function range({ values, from, to }: StepOf<'attribute-filter'>, format: Format): string {
  if (values) return values.join(', ')
  return `${from === undefined ? '' : format.value(from)}–${to === undefined ? '' : format.value(to)}`
}

function written(moment: number | string, format: Format): string {
  return typeof moment === 'number' ? format.date(moment) : moment
}
