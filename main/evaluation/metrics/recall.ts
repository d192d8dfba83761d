import { hitsAt, type UserMetric } from '../metric'

export const recall: UserMetric = {
  id: 'recall',
  kind: 'user',
  name: 'Recall',
  formula: 'hits / R',
  range: [0, 1],
  direction: 'higher',
  meaning: "Share of the user's relevant items that are among the first k.",
  source: 'Herlocker et al. 2004, Evaluating collaborative filtering recommender systems',
  value: (list, k) => hitsAt(list, k) / list.relevant,
}
