import type { MetricId } from '../../contract/experiment'
import type { Metric } from '../metric'
import { accuracy } from './accuracy'
import { auc } from './auc'
import { averagePopularity } from './average-popularity'
import { calibration } from './calibration'
import { cappedRecall } from './capped-recall'
import { coverage } from './coverage'
import { diversity } from './diversity'
import { entropy } from './entropy'
import { f1 } from './f1'
import { faithfulness } from './faithfulness'
import { gini } from './gini'
import { gradedNdcg } from './graded-ndcg'
import { hitRate } from './hit-rate'
import { logLoss } from './log-loss'
import { mae } from './mae'
import { map } from './map'
import { mrr } from './mrr'
import { ndcg } from './ndcg'
import { novelty } from './novelty'
import { personalisation } from './personalisation'
import { precision } from './precision'
import { rPrecision } from './r-precision'
import { recall } from './recall'
import { rmse } from './rmse'
import { serendipity } from './serendipity'

/** All metrics, in the order in which they are shown. */
export const metrics: readonly Metric[] = [
  precision,
  recall,
  cappedRecall,
  f1,
  hitRate,
  ndcg,
  gradedNdcg,
  map,
  mrr,
  rPrecision,
  auc,
  logLoss,
  coverage,
  gini,
  entropy,
  averagePopularity,
  novelty,
  personalisation,
  diversity,
  serendipity,
  calibration,
  faithfulness,
  rmse,
  mae,
  accuracy,
]

export function findMetric(id: MetricId): Metric {
  const found = metrics.find((metric) => metric.id === id)
  if (!found) throw new Error(`the metric ${id} is in the contract but not in the registry`)
  return found
}
