import type { Compute } from '../../compute/compute'
import { TopnError } from '../../contract/errors'
import type { FittedModel, Interactions, Member, Model, Scorer, Tensors } from '../model'

/** What is written of a member beside its tensors. */
type Described = Pick<Member, 'name' | 'params'> & { model: string }

const prefixOf = (index: number) => `member_${index}.`

/** Members with their weights as tensors of one model: it works when their runs are gone. */
export function memberTensors(members: readonly Member[], weights: readonly number[]): Tensors {
  const described = members.map(({ name, params, model }): Described => ({ name, params, model: model.id }))
  const text = new TextEncoder().encode(JSON.stringify(described))
  const own = members.flatMap(({ tensors }, index) =>
    Object.entries(tensors).map(([name, tensor]) => [prefixOf(index) + name, tensor] as const),
  )
  return {
    weights: { shape: [weights.length], data: Float64Array.from(weights) },
    /** JSON in UTF-8: the name, model and parameters of each member. */
    members: { shape: [text.length], data: text },
    ...Object.fromEntries(own),
  }
}

export function weightsOf({ weights }: Tensors): number[] {
  return [...weights.data]
}

export type MembersOf = (tensors: Tensors) => readonly Required<Member>[]

/** The members that tensors hold, each with its weight. Throws NOT_FOUND where a model is not there any more. */
export function readMembers(tensors: Tensors, findModel: (id: string) => Model): Required<Member>[] {
  const described: Described[] = JSON.parse(new TextDecoder().decode(tensors.members.data as Uint8Array))
  const weights = weightsOf(tensors)
  return described.map(({ name, params, model }, index) => {
    const prefix = prefixOf(index)
    const own = Object.entries(tensors).filter(([key]) => key.startsWith(prefix))
    return {
      name,
      params,
      model: findModel(model),
      tensors: Object.fromEntries(own.map(([key, tensor]) => [key.slice(prefix.length), tensor])),
      weight: weights[index],
    }
  })
}

/** How a member's scorer is made: over what it was trained on, or by folding in histories. */
export type MakeScorer = (model: Model, fitted: FittedModel, histories: Interactions) => Promise<Scorer>

export const byScore: MakeScorer = async ({ score, name }, fitted, train) => {
  if (score) return score(fitted, train)
  throw new TopnError('BAD_REQUEST', `${name} cannot score items, so it gives no lists.`)
}

export const byFoldIn: MakeScorer = async ({ foldIn, name }, fitted, histories) => {
  if (foldIn) return foldIn(fitted, histories)
  const message = `${name} is a member of this ensemble and cannot make lists for users that it was not trained on.`
  throw new TopnError('BAD_REQUEST', message)
}

/** The scorers of members over histories; where one cannot be made, those before it are closed. */
export async function scorersOf(
  members: readonly Member[],
  compute: Compute,
  histories: Interactions,
  make: MakeScorer,
): Promise<Scorer[]> {
  const scorers: Scorer[] = []
  try {
    for (const { model, tensors, params } of members) {
      scorers.push(await make(model, { tensors, params, compute }, histories))
    }
  } catch (error) {
    closeAll(scorers)
    throw error
  }
  return scorers
}

/** The last one first, as kernels give back memory. */
export function closeAll(scorers: readonly Scorer[]): void {
  for (const scorer of scorers.toReversed()) scorer.close()
}
