import type { TFunction } from 'i18next'
import type { Candidates, CleanStep, HoldOut, Split } from '../../main/contract/experiment'
import type { Feature } from '../../main/contract/features'
import type { Format } from '../locales/format'
import { describeStep } from './describe-step'
import { columnsOf } from './features'

/** Cleaning steps in a line, in their order. */
export function describeCleaning(steps: readonly CleanStep[], t: TFunction, format: Format): string {
  const texts = steps.flatMap((step) => describeStep(step, t, format))
  return texts.length > 0 ? texts.join(' · ') : t('run.noCleaning')
}

/** Features in a line: how each attribute is used. */
export function describeFeatures(features: readonly Feature[], t: TFunction): string {
  const texts = features.map((feature) => `${columnsOf(feature).join(' × ')}: ${t(`features.kinds.${feature.as}`)}`)
  return texts.length > 0 ? texts.join(' · ') : t('run.featuresNone')
}

export function describeSplit(split: Split | HoldOut, t: TFunction, format: Format): string {
  switch (split.strategy) {
    case 'leave-last-out':
      return t('run.splits.leave-last-out', { count: split.count })
    case 'random':
      return t(`run.splits.random-${split.per}`, { ratio: format.percent(split.ratio) })
    case 'temporal':
      return split.at === undefined
        ? t('run.splits.temporal', { quantile: format.percent(split.quantile) })
        : t('run.splits.temporal-at', { at: typeof split.at === 'number' ? format.date(split.at) : split.at })
    case 'user-holdout':
      return split.count === undefined
        ? t('split.described.user-share', { share: format.percent(split.ratio) })
        : t('split.described.user-count', { count: split.count })
    case 'k-fold':
      return t(`split.described.fold-${split.per}`, { fold: split.fold, folds: split.folds })
    case 'leave-one-out':
    case 'predefined':
      return t(`run.splits.${split.strategy}`)
  }
}

/** Null where nothing is cut off for validation. */
export function describeValidation(split: Split, t: TFunction, format: Format): string | null {
  const { validation } = split
  if (validation === undefined) return null
  return typeof validation === 'string' ? t('run.splits.predefined') : describeSplit(validation, t, format)
}

export function describeCandidates(candidates: Candidates, t: TFunction): string {
  if (candidates === 'all') return t('train.evaluation.candidatesChoices.all')
  return 'sampled' in candidates ? t('run.sampled', { count: candidates.sampled }) : candidates.file
}
