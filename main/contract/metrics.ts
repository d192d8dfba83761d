/** All metrics, in the order in which they are shown. */
export const metricIds = [
  'precision',
  'recall',
  'capped-recall',
  'f1',
  'hit-rate',
  'ndcg',
  'graded-ndcg',
  'map',
  'mrr',
  'r-precision',
  'auc',
  'log-loss',
  'coverage',
  'gini',
  'entropy',
  'average-popularity',
  'novelty',
  'personalisation',
  'diversity',
  'serendipity',
  'calibration',
  'faithfulness',
  'rmse',
  'mae',
  'accuracy',
] as const
export type MetricId = (typeof metricIds)[number]

/** Computed only where an experiment asks for them: they need more than lists, or say nearly what another one says. */
export const metricsOnRequest: readonly MetricId[] = [
  'capped-recall',
  'graded-ndcg',
  'r-precision',
  'auc',
  'log-loss',
  'diversity',
  'serendipity',
  'calibration',
  'faithfulness',
]

export const defaultMetricIds: readonly MetricId[] = metricIds.filter((id) => !metricsOnRequest.includes(id))

/** Their key is the id alone; of any other it is the id and a cutoff, such as `ndcg@10`. */
export const metricsWithoutCutoff: readonly MetricId[] = [
  'r-precision',
  'auc',
  'log-loss',
  'faithfulness',
  'rmse',
  'mae',
  'accuracy',
]

/** What a metric is a number of: the mean over users, all lists together, or all test interactions with a rating. */
export const metricScopes: Record<MetricId, 'user' | 'overall' | 'rating'> = {
  precision: 'user',
  recall: 'user',
  'capped-recall': 'user',
  f1: 'user',
  'hit-rate': 'user',
  ndcg: 'user',
  'graded-ndcg': 'user',
  map: 'user',
  mrr: 'user',
  'r-precision': 'user',
  auc: 'user',
  'log-loss': 'user',
  coverage: 'overall',
  gini: 'overall',
  entropy: 'overall',
  'average-popularity': 'overall',
  novelty: 'overall',
  personalisation: 'overall',
  diversity: 'user',
  serendipity: 'user',
  calibration: 'user',
  faithfulness: 'overall',
  rmse: 'rating',
  mae: 'rating',
  accuracy: 'rating',
}

/** The metrics of which less is better. */
export const lessIsBetter: readonly MetricId[] = [
  'log-loss',
  'gini',
  'average-popularity',
  'calibration',
  'rmse',
  'mae',
]

/** Why a metric that was asked for could not be computed. */
export const leftOutReasons = [
  /** The model expects no ratings. */
  'no-rater',
  /** All training ratings are the same. */
  'same-ratings',
  /** All test ratings are the same. */
  'no-grades',
  /** Items have no attribute with categories or vectors. */
  'no-attribute',
  /** The attribute holds vectors, not categories. */
  'no-categories',
  /** The scores of the model are no probabilities. */
  'no-probabilities',
  /** The model names nothing of the history that its lists rest on. */
  'no-reasons',
] as const
export type LeftOutReason = (typeof leftOutReasons)[number]
export type LeftOut = Partial<Record<MetricId, LeftOutReason>>
