import { TopnError } from '../contract/errors'
import type { PreparedData } from '../data/prepared'
import type { FittedModel, Model, Scorer } from '../models/model'

/**
 * Scores users by what is known of them: by the training part those that the model was trained on, by folding in their
 * history those that it has never seen. Throws BAD_REQUEST where the model cannot.
 */
export async function knownScorer(
  model: Model,
  fitted: FittedModel,
  { train, foldIn }: Pick<PreparedData, 'train' | 'foldIn'>,
): Promise<Scorer> {
  if (!model.score) throw new TopnError('BAD_REQUEST', `${model.name} cannot score items, so it gives no lists.`)
  if (!foldIn || (model.madeElsewhere && !model.foldIn)) return model.score(fitted, train)
  if (!model.foldIn) throw new TopnError('BAD_REQUEST', cannotFoldIn(model))
  const isHeldOut = (user: number) => foldIn.offsets[user + 1] > foldIn.offsets[user]
  return byUser(await model.score(fitted, train), await model.foldIn(fitted, foldIn), isHeldOut, train.items)
}

export function cannotFoldIn({ name }: Pick<Model, 'name'>): string {
  return `${name} cannot make lists for users that it was not trained on, which the split user-holdout asks for. Leave it out, or choose another split.`
}

/** One of two scorers for each user; neighbouring users of the same one are scored together. */
function byUser(trained: Scorer, folded: Scorer, isHeldOut: (user: number) => boolean, items: number): Scorer {
  return {
    async score(users, into) {
      for (let from = 0, to = 0; from < users.length; from = to) {
        const heldOut = isHeldOut(users[from])
        while (to < users.length && isHeldOut(users[to]) === heldOut) to++
        const scorer = heldOut ? folded : trained
        await scorer.score(users.subarray(from, to), into.subarray(from * items, to * items))
      }
    },
    close() {
      trained.close()
      folded.close()
    },
  }
}
