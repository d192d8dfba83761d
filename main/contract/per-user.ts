/**
 * The values that users have of a metric of single lists. They are grouped into `valueCells` equal cells between the
 * least and the greatest value of all runs that are asked about, so that the answer does not grow with the users.
 */
export interface ValueSpread {
  low: number
  high: number
  /** In the order asked for. */
  runs: RunSpread[]
}

export interface RunSpread {
  runId: string
  users: number
  mean: number
  /** The cells that hold anyone, ascending, counted from 0. */
  cells: Uint32Array
  /** Beside `cells`: its users. */
  counts: Uint32Array
}

/** How many cells the range of the values has. */
export const valueCells = 200

/** Users by their values in two runs. A dot holds users of one cell in each run, and of one outcome. */
export interface ValuePairs {
  /** Users that were judged in both runs. */
  users: number
  /** Users of whom the first run's value is greater, the same, and less. */
  greater: number
  same: number
  less: number
  dots: PairDots
}

/** Columns of dots. */
export interface PairDots {
  /** The cell of each run, and the sign of the first value minus the second: together they name a dot. */
  firstCells: Uint32Array
  secondCells: Uint32Array
  signs: Int8Array
  /** Means of the values within. */
  first: Float64Array
  second: Float64Array
  counts: Uint32Array
}

/** What names a dot: the cell in the first run, in the second one, and the sign of the difference. */
export type DotName = [firstCell: number, secondCell: number, sign: -1 | 0 | 1]

export function dotName({ firstCells, secondCells, signs }: PairDots, at: number): DotName {
  return [firstCells[at], secondCells[at], signs[at] as DotName[2]]
}
