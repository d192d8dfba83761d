import type { ExpectedMetric } from '../metric'

export const serendipity: ExpectedMetric = {
  id: 'serendipity',
  kind: 'expected',
  name: 'Serendipity',
  formula: 'hits that are not among the k most popular items that the user could be given / k',
  range: [0, 1],
  direction: 'higher',
  meaning: 'Share of the k places that hold a relevant item which popularity would not have listed.',
  source: 'Ge, Delgado-Battenfeld and Jannach 2010, Beyond accuracy; useful items outside a primitive model’s list',
  value({ hits, expected }, k) {
    let count = 0
    for (let rank = 0; rank < Math.min(k, hits.length); rank++) if (hits[rank] && expected[rank] > k) count++
    return count / k
  },
}
