import { breakdownExplainer, rowOf } from '../history-explainer'
import type { Explainer, FittedModel, Interactions, Scorer } from '../model'
import { addContributions, type Fusion, fusionOf, toContributions } from './fusion'
import { byFoldIn, closeAll, type MakeScorer, type MembersOf, scorersOf } from './members'
import { markHistory } from './pools'

/** Asks the members that have any weight, each made by `make`. */
export async function fuseScorers(
  { tensors, params, compute }: FittedModel,
  histories: Interactions,
  membersOf: MembersOf,
  make: MakeScorer,
): Promise<Scorer> {
  const members = membersOf(tensors).filter(({ weight }) => weight !== 0)
  const scorers = await scorersOf(members, compute, histories, make)
  return fusedScorer(
    members.map(({ weight }, at) => ({ weight, scorer: scorers[at] })),
    histories,
    fusionOf(params),
  )
}

/** Scores as many users at a time as are asked for: one member's scores beside the sums, never more. */
function fusedScorer(
  members: readonly { weight: number; scorer: Scorer }[],
  histories: Interactions,
  fusion: Fusion,
): Scorer {
  const { items } = histories
  const seen = new Uint8Array(items)
  return {
    async score(users, into) {
      const known = new Uint8Array(into.length)
      const scores = new Float32Array(into.length)
      into.fill(0)
      for (const { weight, scorer } of members) {
        await scorer.score(users, scores)
        users.forEach((user, row) => {
          const place = [row * items, (row + 1) * items] as const
          const own = scores.subarray(...place)
          markHistory(seen, histories, user, 1)
          const unscored = toContributions(own, seen, fusion)
          addContributions(own, unscored, weight, into.subarray(...place), known.subarray(...place))
          markHistory(seen, histories, user, 0)
        })
      }
      for (let at = 0; at < into.length; at++) if (known[at] === 0) into[at] = Number.NaN
    },
    close: () => closeAll(members.map(({ scorer }) => scorer)),
  }
}

/** A score is the sum of what each member adds at its weight. */
export function explainByMember(
  { tensors, params, compute }: FittedModel,
  histories: Interactions,
  membersOf: MembersOf,
): Explainer {
  const members = membersOf(tensors)
  const fusion = fusionOf(params)
  return breakdownExplainer('members', async (user, item) => {
    const history = rowOf(histories, user)
    const seen = new Uint8Array(history.items)
    markHistory(seen, history, 0, 1)
    const asked = members.filter(({ weight }) => weight !== 0)
    const scorers = await scorersOf(asked, compute, history, byFoldIn)
    try {
      const parts: { index: number; amount: number }[] = []
      for (const [at, scorer] of scorers.entries()) {
        const scores = new Float32Array(history.items)
        await scorer.score(Uint32Array.of(0), scores)
        const unscored = toContributions(scores, seen, fusion)
        const own = Number.isNaN(scores[item]) ? unscored : scores[item]
        parts.push({ index: members.indexOf(asked[at]), amount: asked[at].weight * own })
      }
      return [{ of: 'members', parts, rest: 0 }]
    } finally {
      closeAll(scorers)
    }
  })
}
