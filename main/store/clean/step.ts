import type { CleanStepId, DroppableColumn, StepOf } from '../../contract/clean'
import type { Attribute } from '../../contract/formats'
import type { PartCounts } from '../../contract/records'

/** A table of users or items, with their ids in a column `"user"` or `item`, and what it says of them. */
export interface AttributeTable {
  table: string
  attributes: Attribute[]
}

/** Interactions on their way through a recipe: the table that the next step reads, and what is known of it. */
export interface Stage {
  table: string
  counts: PartCounts
  /** Rows that have a value in these columns. */
  filled: Record<DroppableColumn, number>
  /** Null where nothing is known of them. */
  users: AttributeTable | null
  items: AttributeTable | null
}

/** What is wrong with a step on this data, as the end of a sentence. */
export type Refusal = string | null

/** A kind of cleaning step. A new one is a file like this and a line in the registry. */
export interface StepKind<S extends CleanStepId> {
  /** Columns without which the step is refused. */
  needs?(step: StepOf<S>): DroppableColumn[]
  /** What the table itself must not hold; `ask` answers the values of a query's first column. */
  refuse?(step: StepOf<S>, stage: Stage, ask: (sql: string) => Promise<string[]>): Promise<Refusal>
  /** The query of the rows that are left. */
  select(step: StepOf<S>, stage: Stage): string
  /** Statements on the table that was made of the query; each answers how many rows it has changed. */
  refine?(step: StepOf<S>, table: string): Generator<string, void, number>
  /** The attributes of users or items that are known afterwards; all of them where it is left out. */
  attributes?(step: StepOf<S>, of: 'users' | 'items', before: Attribute[]): Attribute[]
}

/** A number as SQL takes it, to the last bit. */
export function numberLiteral(value: number): string {
  const digits = String(value).replace(/\D/g, '').length
  return digits > 15 ? value.toExponential() : String(value)
}

/** Both ends belong to the range; what has no value is in none. */
export function between(value: string, from: number | undefined, to: number | undefined): string {
  const bounds = [
    ...(from === undefined ? [] : [`${value} >= ${numberLiteral(from)}`]),
    ...(to === undefined ? [] : [`${value} <= ${numberLiteral(to)}`]),
  ]
  return bounds.length > 0 ? bounds.join(' AND ') : 'true'
}

/** A number in (0, 1) for each key, as if thrown by a die that the seed decides: 53 bits of an MD5. */
export function uniform(seed: number, key: string): string {
  return `((md5_number_lower(concat('${Number(seed)}:', ${key})) >> 11) + 0.5) / 9007199254740992`
}
