import type { Evaluation } from '../contract/experiment'
import type { PreparedData } from '../data/prepared'
import { rowsOf } from '../data/share-of-users'
import { evaluate } from '../evaluation/evaluate'
import { type FitInput, type Interactions, type Model, type Scorer, scoresColdItems } from '../models/model'
import type { Random } from '../models/random'

/** Users of the validation part that are judged while a model trains; of more, a sample that the seed draws. */
const mostUsers = 1000

const evaluation: Evaluation = {
  candidates: 'all',
  exclude_seen: true,
  cutoffs: [10],
  metrics: ['ndcg', 'recall', 'hit-rate', 'mrr', 'map'],
}

interface JudgeData extends Pick<PreparedData, 'train' | 'foldIn'> {
  model: Model
  validation: Interactions
}

/**
 * Judges scorers by the validation part in full ranking: of users that the model trains on, or, where the part has none of
 * them, of users who are held out, by their known histories. Undefined where neither can be.
 */
export function validationJudge(
  { model, train, foldIn, validation }: JudgeData,
  { random, signal }: { random: Random; signal: AbortSignal },
): (Required<Pick<FitInput, 'judge'>> & Pick<FitInput, 'judged'>) | undefined {
  const draw = random.derive('judged users')
  const trained = judgedUsers(train, validation, draw)
  const heldOut = !trained && foldIn && model.foldIn ? judgedUsers(foldIn, validation, draw) : null
  const isJudged = trained ?? heldOut
  if (!isJudged) return undefined
  const prepared: PreparedData = {
    ...{ hash: '', userIds: [], itemIds: [], titles: null, validation: null, candidates: null },
    train,
    foldIn: heldOut && foldIn,
    test: rowsOf(validation, isJudged),
  }
  const coldItems = scoresColdItems(model)
  const judge = async (scorer: Scorer) => {
    const request = { prepared, scorer, rater: null, coldItems, evaluation, random, signal, report() {} }
    return (await evaluate(request)).metrics
  }
  return { judge, ...(heldOut && foldIn && { judged: foldIn }) }
}

/** A mark for each user who is judged; null where there is none. */
function judgedUsers(known: Interactions, validation: Interactions, random: Random): Uint8Array | null {
  const has = ({ offsets }: Interactions, user: number) => offsets[user + 1] > offsets[user]
  const able = [...new Uint32Array(known.users).keys()].filter((user) => has(known, user) && has(validation, user))
  const isJudged = new Uint8Array(known.users)
  for (let at = 0; at < Math.min(mostUsers, able.length); at++) {
    const other = at + random.integer(able.length - at)
    ;[able[at], able[other]] = [able[other], able[at]]
    isJudged[able[at]] = 1
  }
  return able.length > 0 ? isJudged : null
}
