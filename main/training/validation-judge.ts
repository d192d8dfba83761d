import type { Evaluation } from '../contract/experiment'
import type { PreparedData } from '../data/prepared'
import { rowsOf } from '../data/share-of-users'
import { evaluate } from '../evaluation/evaluate'
import { type FitInput, type Interactions, type Model, scoresColdItems } from '../models/model'
import type { Random } from '../models/random'

/** Users of the validation part that are judged while a model trains; of more, a sample that the seed draws. */
const mostUsers = 1000

const evaluation: Evaluation = {
  candidates: 'all',
  exclude_seen: true,
  cutoffs: [10],
  metrics: ['ndcg', 'recall', 'hit-rate', 'mrr', 'map'],
}

interface JudgeData {
  model: Model
  train: Interactions
  validation: Interactions
}

/** Judges scorers by the validation part in full ranking; undefined where it has no user that the model trains on. */
export function validationJudge(
  { model, train, validation }: JudgeData,
  { random, signal }: { random: Random; signal: AbortSignal },
): FitInput['judge'] {
  const isJudged = judgedUsers(train, validation, random.derive('judged users'))
  if (!isJudged) return undefined
  const prepared: PreparedData = {
    ...{ hash: '', userIds: [], itemIds: [], titles: null, foldIn: null, validation: null, candidates: null },
    train,
    test: rowsOf(validation, isJudged),
  }
  const coldItems = scoresColdItems(model)
  return async (scorer) => {
    const request = { prepared, scorer, rater: null, coldItems, evaluation, random, signal, report() {} }
    return (await evaluate(request)).metrics
  }
}

/** A mark for each user who is judged; null where there is none. */
function judgedUsers(train: Interactions, validation: Interactions, random: Random): Uint8Array | null {
  const has = ({ offsets }: Interactions, user: number) => offsets[user + 1] > offsets[user]
  const able = [...new Uint32Array(train.users).keys()].filter((user) => has(train, user) && has(validation, user))
  const isJudged = new Uint8Array(train.users)
  for (let at = 0; at < Math.min(mostUsers, able.length); at++) {
    const other = at + random.integer(able.length - at)
    ;[able[at], able[other]] = [able[other], able[at]]
    isJudged[able[at]] = 1
  }
  return able.length > 0 ? isJudged : null
}
