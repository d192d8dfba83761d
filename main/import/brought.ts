import type { ElsewhereFound } from '../contract/elsewhere'
import type { Model, Tensors } from '../models/model'

/** What other programs made, for the users and items of prepared data. */
export interface Brought {
  model: Model
  tensors: Tensors
  found: Omit<ElsewhereFound, 'withoutList'>
  /** 1 for users of the data that have something. */
  has: Uint8Array
}
