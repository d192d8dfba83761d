import type { RatingMetric } from '../metric'

export const rmse: RatingMetric = {
  id: 'rmse',
  kind: 'rating',
  name: 'RMSE',
  formula: 'square root of the mean of (expected rating - rating)^2 over the test interactions',
  range: [0, Number.POSITIVE_INFINITY],
  direction: 'lower',
  meaning: 'How far expected ratings are off, large errors counting more; 0 where all are right.',
  source: 'Herlocker et al. 2004, Evaluating collaborative filtering recommender systems',
  value({ expected, actual }) {
    let sum = 0
    for (let at = 0; at < actual.length; at++) sum += (expected[at] - actual[at]) ** 2
    return Math.sqrt(sum / actual.length)
  },
}
