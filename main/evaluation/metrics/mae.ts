import type { RatingMetric } from '../metric'

export const mae: RatingMetric = {
  id: 'mae',
  kind: 'rating',
  name: 'MAE',
  formula: 'mean of |expected rating - rating| over the test interactions',
  range: [0, Number.POSITIVE_INFINITY],
  direction: 'lower',
  meaning: 'How far expected ratings are off on average; 0 where all are right.',
  source: 'Herlocker et al. 2004, Evaluating collaborative filtering recommender systems',
  value({ expected, actual }) {
    let sum = 0
    for (let at = 0; at < actual.length; at++) sum += Math.abs(expected[at] - actual[at])
    return sum / actual.length
  },
}
