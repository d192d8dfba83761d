import { type RunSpread, type ValueSpread, valueCells } from '../../main/contract/per-user'

/** Digits that tell neighbouring edges apart. */
const digits = 4

/**
 * The values between which `count` equal parts of the range lie: with `ends` all `count + 1` of them, else the least
 * value of each part.
 */
export function cellEdges({ low, high }: ValueSpread, count: number, ends: boolean): number[] {
  return Array.from({ length: ends ? count + 1 : count }, (_, at) =>
    Number((low + ((high - low) * at) / count).toPrecision(digits)),
  )
}

/** The share of users whose value is in each of `bars` equal parts of the range. `bars` divides the number of cells. */
export function barShares({ cells, counts, users }: RunSpread, bars: number): number[] {
  const shares = new Array<number>(bars).fill(0)
  for (const [at, cell] of cells.entries()) shares[Math.floor((cell * bars) / valueCells)] += counts[at] / users
  return shares
}

/** The share of users whose value is below each edge of the cells, from 0 to 1; the last edge counts everyone. */
export function cumulativeShares({ cells, counts, users }: RunSpread): number[] {
  const shares = new Array<number>(valueCells + 1).fill(0)
  for (const [at, cell] of cells.entries()) shares[cell + 1] = counts[at]
  let below = 0
  return shares.map((count) => {
    below += count
    return below / users
  })
}
