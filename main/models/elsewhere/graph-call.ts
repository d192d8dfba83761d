import type { GraphTakes } from '../../contract/elsewhere'

export type InputRole = 'user' | 'item' | 'history' | 'ratings' | 'items' | 'length'

export interface GraphInput {
  role: InputRole
  name: string
  type: 'int32' | 'int64' | 'float32'
  /** A size that is given, or null where any fits. */
  shape: readonly (number | null)[]
}

/** How a graph that another program made is asked for scores. Survives JSON. */
export interface GraphCall {
  /** What the file is called. */
  file: string
  takes: GraphTakes
  inputs: readonly GraphInput[]
  output: string
  /** Of `pairs`: one score a pair, items of each user in a row, or the same items for all users. */
  layout: 'flat' | 'table' | 'grid'
  /** Of `sequences`: it gives scores after each place, of which the last are meant. */
  perPlace: boolean
  /** Of `sequences`: items of a history at most (null: all of them), and hours after which it begins anew (0: never). */
  historyLength: number | null
  sessionGap: number
}

/** The input of a role, where the graph has one. */
export const inputOf = ({ inputs }: GraphCall, role: InputRole) => inputs.find((input) => input.role === role)
