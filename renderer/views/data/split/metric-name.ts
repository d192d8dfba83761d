import type { TFunction } from 'i18next'
import type { MetricId } from '../../../../main/contract/experiment'
import { metricKey } from '../../../state/comparison'

/** `ndcg@10` as it is shown. */
export function metricName(key: string, t: TFunction): string {
  const [id, cutoff] = key.split('@')
  return metricKey(t(`metrics.${id as MetricId}.name`), Number(cutoff))
}
