import { type Evaluation, metricIds } from '../../contract/experiment'
import type { PreparedData } from '../../data/prepared'
import { createRandom } from '../../models/random'
import { evaluate } from '../evaluate'
import { scorerOf, unattended } from './scorer'

/** Everything that can be asked for. */
export const full: Evaluation = { candidates: 'all', exclude_seen: true, cutoffs: [1, 3, 10], metrics: [...metricIds] }

/** What an evaluation says of scores: a row for each user. */
export const judge = (prepared: PreparedData, scores: number[][], evaluation: Partial<Evaluation> = {}, seed = 1) =>
  evaluate({
    ...unattended,
    prepared,
    scorer: scorerOf(scores),
    rater: null,
    evaluation: { ...full, ...evaluation },
    random: createRandom(seed),
  })

/** All items of the catalogue, so that each may be listed. */
export const others = (items: number) => Array.from({ length: items }, (_, item) => item)
