import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { metricIds } from '../../../main/contract/experiment'
import { metricKey } from '../../state/comparison'

/** A metric's key as the other screens write it: `NDCG@10`. */
export function objectiveName(objective: string, t: TFunction): string {
  const [metric, k] = objective.split('@')
  const id = metricIds.find((each) => each === metric)
  return id ? metricKey(t(`metrics.${id}.name`), k === undefined ? null : Number(k)) : objective
}

export function useObjectiveName(): (objective: string) => string {
  const { t } = useTranslation()
  return (objective) => objectiveName(objective, t)
}
