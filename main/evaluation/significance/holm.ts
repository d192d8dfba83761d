/**
 * P-values corrected so that the chance of any false alarm among them is kept (Holm 1979, A simple sequentially
 * rejective multiple test procedure): the i-th smallest of m, from 0, times m - i, at least the one before, at most 1.
 */
export function holm(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b])
  const corrected = new Array<number>(values.length)
  let before = 0
  order.forEach((place, rank) => {
    before = Math.max(before, Math.min(1, values[place] * (values.length - rank)))
    corrected[place] = before
  })
  return corrected
}
