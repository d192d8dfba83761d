import * as v from 'valibot'
import { type CleanStep, dropsTimes } from '../../main/contract/clean'
import type { HoldOut, Split } from '../../main/contract/experiment'
import { usualDifference } from '../../main/contract/power'
import type { DatasetRecord } from '../../main/contract/records'
import { type FieldProblem, numberProblem } from './parameters'

export type NumberField = number | string

export type HoldOutStrategy = HoldOut['strategy']
export const holdOutStrategies: HoldOutStrategy[] = [
  'leave-last-out',
  'leave-one-out',
  'random',
  'temporal',
  'user-holdout',
  'k-fold',
]

/** The fields of every strategy, so that none is lost while another one is tried; numbers may be unfinished text. */
export interface RuleDraft {
  strategy: HoldOutStrategy
  count: NumberField
  ratio: NumberField
  per: 'user' | 'global'
  cutBy: 'quantile' | 'at'
  quantile: NumberField
  /** Seconds since 1970, or an ISO text; '' until it is chosen. */
  at: NumberField
  usersBy: 'share' | 'count'
  userShare: NumberField
  userCount: NumberField
  foldIn: NumberField
  tested: 'random' | 'latest'
  folds: NumberField
  fold: NumberField
}

/** How the form says that interactions are cut into parts. */
export interface SplitDraft {
  /** The files of the dataset are the parts; `test` waits until they are not. */
  predefined: boolean
  test: RuleDraft
  validation: RuleDraft | null
  /** The difference between two models that the analyst hopes to see. */
  difference: NumberField
}

/** Whether there are times after the steps of a recipe. */
export function hasTimes({ profile }: DatasetRecord, clean: readonly CleanStep[]): boolean {
  return profile.firstTimestamp !== null && !dropsTimes(clean)
}

export function needsTimes(strategy: string): boolean {
  return strategy === 'leave-last-out' || strategy === 'temporal'
}

export function newRule(strategy: HoldOutStrategy): RuleDraft {
  return {
    strategy,
    count: 1,
    ratio: 0.2,
    per: 'user',
    cutBy: 'quantile',
    quantile: 0.8,
    at: '',
    usersBy: 'share',
    userShare: 0.1,
    userCount: 100,
    foldIn: 0.8,
    tested: 'random',
    folds: 5,
    fold: 0,
  }
}

export function newSplit(dataset: DatasetRecord): SplitDraft {
  return {
    predefined: dataset.parts !== null,
    test: newRule(hasTimes(dataset, []) ? 'leave-last-out' : 'random'),
    validation: null,
    difference: usualDifference,
  }
}

export type RuleField = Exclude<keyof RuleDraft, 'strategy'>

/** Those that can be unfinished. */
export const ruleNumbers = [
  'count',
  'ratio',
  'quantile',
  'at',
  'userShare',
  'userCount',
  'foldIn',
  'folds',
  'fold',
] as const satisfies readonly RuleField[]

/** What is wrong with the fields of a strategy that are in use. */
export function ruleProblems(rule: RuleDraft): { field: RuleField; problem: FieldProblem }[] {
  const largest = Number.MAX_SAFE_INTEGER
  const check = (field: RuleField, integer: boolean, minimum: number, maximum: number) => {
    const problem = numberProblem(rule[field], { integer, minimum, maximum })
    return problem ? [{ field, problem }] : []
  }
  const share = (field: RuleField) => check(field, false, 0.01, 0.99)
  switch (rule.strategy) {
    case 'leave-last-out':
      return check('count', true, 1, largest)
    case 'leave-one-out':
      return []
    case 'random':
      return share('ratio')
    case 'temporal':
      if (rule.cutBy === 'quantile') return share('quantile')
      return secondsOf(rule.at) === null ? [{ field: 'at', problem: { kind: 'empty' } }] : []
    case 'user-holdout':
      return [
        ...(rule.usersBy === 'share' ? share('userShare') : check('userCount', true, 1, largest)),
        ...share('foldIn'),
      ]
    case 'k-fold': {
      const folds = check('folds', true, 2, 100)
      return folds.length > 0 ? folds : check('fold', true, 0, Number(rule.folds) - 1)
    }
  }
}

/** Only for a split without problems. */
export function splitOfDraft({ predefined, test, validation }: SplitDraft, { parts }: DatasetRecord): Split | null {
  const cut = validation ? { validation: holdOutOf(validation) } : {}
  if (!predefined) return { ...holdOutOf(test), ...cut }
  return parts && { strategy: 'predefined', ...parts, ...cut }
}

const defaultQuantile = 0.8

function holdOutOf(rule: RuleDraft): HoldOut {
  const { strategy } = rule
  switch (strategy) {
    case 'leave-last-out':
      return { strategy, count: Number(rule.count) }
    case 'leave-one-out':
      return { strategy }
    case 'random':
      return { strategy, ratio: Number(rule.ratio), per: rule.per }
    case 'temporal':
      if (rule.cutBy === 'quantile') return { strategy, quantile: Number(rule.quantile) }
      return { strategy, quantile: defaultQuantile, at: rule.at }
    case 'user-holdout': {
      const { usersBy, userShare, userCount, foldIn, tested } = rule
      const users = usersBy === 'share' ? { ratio: Number(userShare) } : { ratio: 0.1, count: Number(userCount) }
      return { strategy, ...users, fold_in: Number(foldIn), tested }
    }
    case 'k-fold':
      return { strategy, folds: Number(rule.folds), fold: Number(rule.fold), per: rule.per }
  }
}

/** The form with this split in its fields. */
export function draftOfSplit(split: Split, dataset: DatasetRecord): SplitDraft {
  const blank = newSplit(dataset)
  const { validation } = split
  return {
    ...blank,
    predefined: split.strategy === 'predefined',
    ...(split.strategy !== 'predefined' && { test: draftOfRule(split) }),
    validation: typeof validation === 'object' ? draftOfRule(validation) : null,
  }
}

function draftOfRule(rule: HoldOut): RuleDraft {
  const blank = newRule(rule.strategy)
  switch (rule.strategy) {
    case 'leave-last-out':
      return { ...blank, count: rule.count }
    case 'leave-one-out':
      return blank
    case 'random':
      return { ...blank, ratio: rule.ratio, per: rule.per }
    case 'temporal':
      return rule.at === undefined
        ? { ...blank, quantile: rule.quantile }
        : { ...blank, cutBy: 'at', at: rule.at, quantile: rule.quantile }
    case 'user-holdout': {
      const { ratio, count, fold_in: foldIn, tested } = rule
      return {
        ...blank,
        foldIn,
        tested,
        userShare: ratio,
        ...(count !== undefined && { usersBy: 'count', userCount: count }),
      }
    }
    case 'k-fold':
      return { ...blank, folds: rule.folds, fold: rule.fold, per: rule.per }
  }
}

/** Seconds since 1970 of a field that holds a point in time; null where it holds none. */
export function secondsOf(at: NumberField): number | null {
  const seconds = typeof at === 'number' ? at : Date.parse(at) / 1000
  return Number.isFinite(seconds) ? seconds : null
}

export function holdsOutUsers({ predefined, test, validation }: SplitDraft): boolean {
  return (!predefined && test.strategy === 'user-holdout') || validation?.strategy === 'user-holdout'
}

const numberField = v.union([v.number(), v.string()])
const ruleSchema = v.strictObject({
  strategy: v.picklist(holdOutStrategies),
  count: numberField,
  ratio: numberField,
  per: v.picklist(['user', 'global']),
  cutBy: v.picklist(['quantile', 'at']),
  quantile: numberField,
  at: numberField,
  usersBy: v.picklist(['share', 'count']),
  userShare: numberField,
  userCount: numberField,
  foldIn: numberField,
  tested: v.picklist(['random', 'latest']),
  folds: numberField,
  fold: numberField,
} satisfies Record<keyof RuleDraft, unknown>)
/** What a workspace keeps of the form. */
export const splitDraftSchema = v.strictObject({
  predefined: v.boolean(),
  test: ruleSchema,
  validation: v.nullable(ruleSchema),
  difference: numberField,
} satisfies Record<keyof SplitDraft, unknown>)
