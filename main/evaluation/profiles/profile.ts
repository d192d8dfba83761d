import type { DefinedMetric, DefinitionId, ProfileId } from '../../contract/profiles'
import type { JudgedList } from '../metric'

interface DefinitionText {
  readonly id: DefinitionId
  readonly formula: string
}

/** A metric of one list, averaged over users; NaN leaves the user out. */
export interface MeanDefinition extends DefinitionText {
  readonly kind: 'mean'
  value(list: JudgedList, k: number): number
}

/** One sum over users divided by another one. */
export interface RatioDefinition extends DefinitionText {
  readonly kind: 'ratio'
  parts(list: JudgedList, k: number): readonly [numerator: number, denominator: number]
}

export type Definition = MeanDefinition | RatioDefinition

/**
 * How a library defines the metrics of lists. All of them count users with test items alone, as TopN does, and the same
 * items as relevant; a user without any list counts as one without hits, unless a definition leaves them out.
 */
export interface Profile {
  readonly id: ProfileId
  readonly name: string
  /** The version whose source was read. */
  readonly version: string
  /** What else differs, where anything does. */
  readonly remark: string | null
  /** Null where the library has no such metric, or one that lists do not say. */
  readonly definitions: Readonly<Record<DefinedMetric, Definition | null>>
}
