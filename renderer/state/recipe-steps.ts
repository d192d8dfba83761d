import type { CleanStepId, DroppableColumn } from '../../main/contract/clean'
import type { DatasetRecord } from '../../main/contract/records'

/** What stands in a step's field; number fields may hold unfinished text. */
export type StepValue = number | string | boolean | readonly string[] | Readonly<Record<string, number | string>>
export type StepFields = Readonly<Record<string, StepValue>>

export type StepField =
  | { kind: 'number'; integer?: boolean; minimum?: number; maximum?: number; optional?: boolean }
  | { kind: 'choice'; choices: readonly string[] }
  | { kind: 'date' }
  /** Names of attributes or columns, or values of an attribute. */
  | { kind: 'attribute' | 'values' | 'columns' | 'items' | 'users' }
  /** An end of an attribute's range, a number or a date as the attribute is; may be empty. */
  | { kind: 'bound' }
  /** A number for each event. */
  | { kind: 'weights' }

/** What the form of a kind of step looks like. */
export interface StepForm {
  fields: Readonly<Record<string, StepField>>
  /** What stands in the fields of a new step. */
  initial(dataset: DatasetRecord): StepFields
  /** The fields that are in use with these values; all of them where it is left out. */
  used?(values: StepFields, dataset: DatasetRecord): readonly string[]
  /** Fields that choose among others and are no part of the step. */
  choosers?: readonly string[]
  /** The column without which the step means nothing. */
  needs?: DroppableColumn
}

const count = { kind: 'number', integer: true, minimum: 1 } as const
const optionalCount = { ...count, optional: true } as const
const optionalNumber = { kind: 'number', optional: true } as const
const seed = { kind: 'number', integer: true, minimum: 0, maximum: 0xffffffff } as const
const outliers: StepForm = {
  fields: { more_than: optionalCount, per_minute: optionalCount },
  initial: () => ({ more_than: 1000, per_minute: '' }),
  used: (_, { profile }) => (profile.firstTimestamp === null ? ['more_than'] : ['more_than', 'per_minute']),
}

/** Every kind of step, in the order of the menu; recipes may have any order. */
export const stepForms: Readonly<Record<CleanStepId, StepForm>> = {
  'event-weights': {
    fields: { weights: { kind: 'weights' } },
    initial: ({ profile }) => ({ weights: Object.fromEntries(profile.events.map(({ event }) => [event, 1])) }),
    needs: 'event',
  },
  duplicates: {
    fields: { keep: { kind: 'choice', choices: ['last', 'first', 'max', 'min', 'mean', 'sum'] } },
    initial: () => ({ keep: 'last' }),
  },
  'rating-filter': {
    fields: { min: optionalNumber, max: optionalNumber },
    initial: ({ profile }) => ({ min: middleOf(profile.ratings), max: '' }),
    needs: 'rating',
  },
  'rating-map': {
    fields: {
      map: { kind: 'choice', choices: ['threshold', 'clip', 'log2', 'ln'] },
      threshold: { kind: 'number' },
      others: { kind: 'choice', choices: ['drop', 'zero'] },
      min: optionalNumber,
      max: optionalNumber,
    },
    initial: ({ profile }) => ({
      map: 'threshold',
      threshold: middleOf(profile.ratings),
      others: 'drop',
      min: '',
      max: '',
    }),
    used: ({ map }) => {
      if (map === 'threshold') return ['map', 'threshold', 'others']
      return map === 'clip' ? ['map', 'min', 'max'] : ['map']
    },
    needs: 'rating',
  },
  'date-range': {
    fields: { from: { kind: 'date' }, to: { kind: 'date' } },
    initial: ({ profile }) => ({ from: dayOf(profile.firstTimestamp), to: dayOf(profile.lastTimestamp) }),
    needs: 'timestamp',
  },
  'k-core': { fields: { user: count, item: count }, initial: () => ({ user: 5, item: 5 }) },
  'user-outliers': outliers,
  'item-outliers': outliers,
  'sample-users': {
    fields: {
      by: { kind: 'choice', choices: ['share', 'count'] },
      share: { kind: 'number', minimum: 0.0001, maximum: 1 },
      count,
      seed,
    },
    initial: () => ({ by: 'share', share: 0.1, count: 1000, seed: 42 }),
    used: ({ by }) => ['by', String(by), 'seed'],
    choosers: ['by'],
  },
  'attribute-filter': {
    fields: {
      of: { kind: 'choice', choices: ['items', 'users'] },
      name: { kind: 'attribute' },
      values: { kind: 'values' },
      from: { kind: 'bound' },
      to: { kind: 'bound' },
      keep: { kind: 'choice', choices: ['keep', 'drop'] },
    },
    initial: (dataset) => {
      const of = dataset.itemAttributes.length > 0 ? 'items' : 'users'
      return { of, name: attributesOf(dataset, of)[0]?.name ?? '', values: [], from: '', to: '', keep: 'keep' }
    },
    used: ({ of, name }, dataset) => {
      const type = attributesOf(dataset, of).find((attribute) => attribute.name === name)?.type
      const isRange = type === 'number' || type === 'date'
      return ['of', 'name', ...(isRange ? ['from', 'to'] : ['values']), 'keep']
    },
  },
  'drop-columns': {
    fields: { columns: { kind: 'columns' }, items: { kind: 'items' }, users: { kind: 'users' } },
    initial: () => ({ columns: [], items: [], users: [] }),
    used: (_, dataset) => [
      'columns',
      ...(dataset.itemAttributes.length > 0 ? ['items'] : []),
      ...(dataset.userAttributes.length > 0 ? ['users'] : []),
    ],
  },
  'coarsen-time': {
    fields: { to: { kind: 'choice', choices: ['hour', 'day', 'week', 'month'] } },
    initial: () => ({ to: 'day' }),
    needs: 'timestamp',
  },
  noise: {
    fields: { epsilon: { kind: 'number', minimum: 0.001 }, sensitivity: { kind: 'number', minimum: 0.001 }, seed },
    initial: ({ profile }) => ({ epsilon: 1, sensitivity: spanOf(profile.ratings), seed: 42 }),
    needs: 'rating',
  },
}

export const stepIds = Object.keys(stepForms) as CleanStepId[]

/** The kinds of step that mean something on this data. */
export function stepsFor(dataset: DatasetRecord): CleanStepId[] {
  return stepIds.filter((id) => {
    const { needs } = stepForms[id]
    if (id === 'attribute-filter') return dataset.itemAttributes.length + dataset.userAttributes.length > 0
    return needs === undefined || columnsOf(dataset).includes(needs)
  })
}

/** Which of the columns that a step may need the dataset has. */
export function columnsOf({ profile, source }: DatasetRecord): DroppableColumn[] {
  const hasRatings = profile.ratings.length > 0 || source.columns?.rating !== undefined
  return [
    ...(hasRatings ? (['rating'] as const) : []),
    ...(profile.firstTimestamp === null ? [] : (['timestamp'] as const)),
    ...(profile.events.length > 0 ? (['event'] as const) : []),
  ]
}

export function attributesOf({ itemAttributes, userAttributes }: DatasetRecord, of: StepValue | undefined) {
  return of === 'users' ? userAttributes : itemAttributes
}

/** The rating that the upper half of the scale begins with. */
function middleOf(ratings: DatasetRecord['profile']['ratings']): number | string {
  if (ratings.length === 0) return ''
  return ratings[Math.floor(ratings.length / 2)].value
}

/** The most that one rating can change. */
function spanOf(ratings: DatasetRecord['profile']['ratings']): number {
  const values = ratings.map(({ value }) => value)
  return values.length > 1 ? Math.max(...values) - Math.min(...values) : 1
}

/** The day of a time, as a date field takes it. */
function dayOf(seconds: number | null): string {
  const date = new Date((seconds ?? Number.NaN) * 1000)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10)
}
