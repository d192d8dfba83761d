import type { OverallMetric } from '../metric'

export const gini: OverallMetric = {
  id: 'gini',
  kind: 'overall',
  name: 'Gini',
  formula:
    'sum of (2i - n - 1) x c_i / (n x sum of c_i); c_i: how often the i-th of the n training items is listed, ascending',
  range: [0, 1],
  direction: 'lower',
  meaning:
    'How unequally the training items are recommended: 0 where each one as often, near 1 where always the same few.',
  source: "Fleder and Hosanagar 2009, Blockbuster culture's next rise or fall; Gini index over items",
  /** 0 where nothing is listed. */
  value({ times }, { users }) {
    const ascending = times.filter((_, item) => users[item] > 0).sort()
    const n = ascending.length
    let [weighted, sum] = [0, 0]
    for (const [place, count] of ascending.entries()) {
      weighted += (2 * (place + 1) - n - 1) * count
      sum += count
    }
    return sum === 0 ? 0 : weighted / (n * sum)
  },
}
