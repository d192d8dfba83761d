import type { OverallMetric } from '../metric'

export const personalisation: OverallMetric = {
  id: 'personalisation',
  kind: 'overall',
  name: 'Personalisation',
  formula: '1 - mean over all pairs of users of the items that both lists hold / k',
  range: [0, 1],
  direction: 'higher',
  meaning: 'How different the lists of two users are: 0 where everybody gets the same, 1 where no two share an item.',
  source: 'Zhou, Kuscsik, Liu, Medo, Wakeling and Zhang 2010, Solving the apparent diversity-accuracy dilemma',
  /** An item in c lists is shared by c (c - 1) / 2 pairs, so no pair is looked at. 0 where there is but one list. */
  value({ times, lists, k }) {
    const shared = times.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
    return lists < 2 ? 0 : 1 - shared / ((lists * (lists - 1)) / 2) / k
  },
}
