import { type Evaluation, metricIds } from '../../contract/experiment'
import type { PreparedData } from '../../data/prepared'
import { createRandom } from '../../models/random'
import { type EvaluateRequest, evaluate } from '../evaluate'
import { scorerOf, unattended } from './scorer'

/** Everything that can be asked for. */
export const full: Evaluation = { candidates: 'all', exclude_seen: true, cutoffs: [1, 3, 10], metrics: [...metricIds] }

/** What an evaluation says of scores: a row for each user. */
export const judge = (
  prepared: PreparedData,
  scores: number[][],
  evaluation: Partial<Evaluation> = {},
  more: Partial<EvaluateRequest> = {},
) =>
  evaluate({
    ...unattended,
    prepared,
    scorer: scorerOf(scores),
    rater: null,
    evaluation: { ...full, ...evaluation },
    random: createRandom(1),
    ...more,
  })

/** All items of the catalogue, so that each may be listed. */
export const others = (items: number) => Array.from({ length: items }, (_, item) => item)
