import type { OverallMetric } from '../metric'

export const entropy: OverallMetric = {
  id: 'entropy',
  kind: 'overall',
  name: 'Entropy',
  formula: 'sum of -p x log2(p) over listed training items; p: share of all list places that the item has',
  range: [0, Number.POSITIVE_INFINITY],
  direction: 'higher',
  meaning:
    'How evenly list places are spread over items, in bits: that of 2 to this number of items listed equally often.',
  source: 'Shannon 1948, A mathematical theory of communication; over listed items',
  value({ times }, { users }) {
    const counts = times.filter((n, item) => n > 0 && users[item] > 0)
    const places = counts.reduce((sum, count) => sum + count, 0)
    return counts.reduce((sum, count) => sum + (count / places) * Math.log2(places / count), 0)
  },
}
