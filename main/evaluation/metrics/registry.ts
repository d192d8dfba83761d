import type { MetricId } from '../../contract/experiment'
import type { Metric } from '../metric'
import { accuracy } from './accuracy'
import { averagePopularity } from './average-popularity'
import { coverage } from './coverage'
import { entropy } from './entropy'
import { f1 } from './f1'
import { gini } from './gini'
import { hitRate } from './hit-rate'
import { mae } from './mae'
import { map } from './map'
import { mrr } from './mrr'
import { ndcg } from './ndcg'
import { novelty } from './novelty'
import { precision } from './precision'
import { recall } from './recall'
import { rmse } from './rmse'

/** All metrics, in the order in which they are shown. */
export const metrics: readonly Metric[] = [
  precision,
  recall,
  f1,
  hitRate,
  ndcg,
  map,
  mrr,
  coverage,
  gini,
  entropy,
  averagePopularity,
  novelty,
  rmse,
  mae,
  accuracy,
]

export function findMetric(id: MetricId): Metric {
  const found = metrics.find((metric) => metric.id === id)
  if (!found) throw new Error(`the metric ${id} is in the contract but not in the registry`)
  return found
}
