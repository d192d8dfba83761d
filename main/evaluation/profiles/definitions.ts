import { discount, hitsAt, type JudgedList, sumOfDiscounts } from '../metric'
import { cappedRecall } from '../metrics/capped-recall'
import { hitRate } from '../metrics/hit-rate'
import { map } from '../metrics/map'
import { mrr } from '../metrics/mrr'
import { ndcg } from '../metrics/ndcg'
import { precision } from '../metrics/precision'
import { recall } from '../metrics/recall'
import type { MeanDefinition, RatioDefinition } from './profile'

// Formulas of the field, each once: profiles say which library takes which.

export const hitsByK: MeanDefinition = {
  id: 'hits-by-k',
  kind: 'mean',
  formula: precision.formula,
  value: precision.value,
}

export const hitsByLength: MeanDefinition = {
  id: 'hits-by-length',
  kind: 'mean',
  formula: 'hits / length of the list, k at most; users with an empty list are left out',
  value: (list, k) => hitsAt(list, k) / Math.min(list.length, k),
}

export const hitsByRelevant: MeanDefinition = {
  id: 'hits-by-relevant',
  kind: 'mean',
  formula: recall.formula,
  value: recall.value,
}

export const hitsByPossible: MeanDefinition = {
  id: 'hits-by-possible',
  kind: 'mean',
  formula: cappedRecall.formula,
  value: cappedRecall.value,
}

export const allHitsByAllPossible: RatioDefinition = {
  id: 'all-hits-by-all-possible',
  kind: 'ratio',
  formula: 'hits of all users / min(R, k) of all users',
  parts: (list, k) => [hitsAt(list, k), Math.min(list.relevant, k)],
}

export const anyHit: MeanDefinition = { id: 'any-hit', kind: 'mean', formula: hitRate.formula, value: hitRate.value }

export const gainByPossible: MeanDefinition = {
  id: 'gain-by-possible',
  kind: 'mean',
  formula: ndcg.formula,
  value: ndcg.value,
}

export const gainByPlaces: MeanDefinition = {
  id: 'gain-by-places',
  kind: 'mean',
  formula: 'sum of 1 / log2(rank + 1) over hits, divided by the same sum over ranks 1 to k',
  value({ hits }, k) {
    let gain = 0
    for (let rank = 0; rank < Math.min(k, hits.length); rank++) if (hits[rank]) gain += discount(rank)
    return gain / sumOfDiscounts(k)
  },
}

export const precisionsByPossible: MeanDefinition = {
  id: 'precisions-by-possible',
  kind: 'mean',
  formula: map.formula,
  value: map.value,
}

export const precisionsByRelevant: MeanDefinition = {
  id: 'precisions-by-relevant',
  kind: 'mean',
  formula: 'sum of precision@rank over the ranks of hits, divided by R',
  value: (list, k) => precisionsAtHits(list, k) / list.relevant,
}

export const precisionsByLength: MeanDefinition = {
  id: 'precisions-by-length',
  kind: 'mean',
  formula:
    'sum of precision@rank over the ranks of hits, divided by min(R, length of the list, k); users with an empty list are left out',
  value: (list, k) => precisionsAtHits(list, k) / Math.min(list.relevant, list.length, k),
}

export const precisionsOfAllPlaces: MeanDefinition = {
  id: 'precisions-of-all-places',
  kind: 'mean',
  formula: 'mean of precision@rank over ranks 1 to k, hit or not',
  value({ hits }, k) {
    let [found, sum] = [0, 0]
    for (let rank = 0; rank < k; rank++) {
      if (hits[rank]) found++
      sum += found / (rank + 1)
    }
    return sum / k
  },
}

export const reciprocalRank: MeanDefinition = {
  id: 'reciprocal-rank',
  kind: 'mean',
  formula: mrr.formula,
  value: mrr.value,
}

function precisionsAtHits({ hits }: JudgedList, k: number): number {
  let [found, sum] = [0, 0]
  for (let rank = 0; rank < Math.min(k, hits.length); rank++) if (hits[rank]) sum += ++found / (rank + 1)
  return sum
}
