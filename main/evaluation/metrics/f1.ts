import type { UserMetric } from '../metric'
import { precision } from './precision'
import { recall } from './recall'

export const f1: UserMetric = {
  id: 'f1',
  kind: 'user',
  name: 'F1',
  formula: '2 x precision x recall / (precision + recall), 0 where both are 0',
  range: [0, 1],
  direction: 'higher',
  meaning: 'Harmonic mean of precision and recall of one user.',
  source: 'van Rijsbergen 1979, Information retrieval',
  value(list, k) {
    const [p, r] = [precision.value(list, k), recall.value(list, k)]
    return p + r === 0 ? 0 : (2 * p * r) / (p + r)
  },
}
