import type { RatingMetric } from '../metric'

export const accuracy: RatingMetric = {
  id: 'accuracy',
  kind: 'rating',
  name: 'Accuracy',
  formula: 'share of test interactions whose expected rating, rounded to the nearest rating of training, is the rating',
  range: [0, 1],
  direction: 'higher',
  meaning: 'How often the rounded expected rating is exactly right.',
  source: 'Herlocker et al. 2004, Evaluating collaborative filtering recommender systems; classification accuracy',
  value({ expected, actual, levels }) {
    let right = 0
    for (let at = 0; at < actual.length; at++) if (nearest(levels, expected[at]) === actual[at]) right++
    return right / actual.length
  },
}

/** Of ascending levels the one nearest to a value, the higher one of two equally near. */
function nearest(levels: Float32Array, value: number): number {
  let [low, high] = [0, levels.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (value >= (levels[middle] + levels[middle + 1]) / 2) low = middle + 1
    else high = middle
  }
  return levels[low]
}
