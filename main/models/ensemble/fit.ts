import { TopnError } from '../../contract/errors'
import type { FitInput, Member, Tensors } from '../model'
import { fusionOf } from './fusion'
import { byScore, closeAll, memberTensors, scorersOf } from './members'
import { weightCases } from './pools'
import { meanNdcg, mostRounds, searchWeights } from './weights'

/** The tensors of the runs, and their weights: given, equal, or found by the validation part. */
export async function fit(input: FitInput): Promise<Tensors> {
  const { runs = [], params, report, signal } = input
  signal.throwIfAborted()
  if (runs.length < 2) {
    throw new TopnError('BAD_REQUEST', 'An ensemble needs two members at least. Name more trained runs.', {
      field: 'members',
    })
  }
  const weights = givenWeights(runs) ?? (params.weights === 'fitted' ? await fitWeights(input, runs) : equal(runs))
  report({ phase: 'fit', fraction: 1 })
  return memberTensors(runs, weights)
}

const equal = (members: readonly unknown[]) => members.map(() => 1 / members.length)

/** Null unless every member has one. */
function givenWeights(members: readonly Member[]): number[] | null {
  const weights = members.flatMap(({ weight }) => weight ?? [])
  return weights.length === members.length ? weights : null
}

/** The share of the work that scoring the validation users is, about. */
const scoringShare = 0.5

async function fitWeights(
  { train, validation, params, random, compute, report, signal }: FitInput,
  members: readonly Member[],
): Promise<number[]> {
  if (!validation) throw unfit('There is no validation part to find weights by.')
  const scorers = await scorersOf(members, compute, train, byScore)
  try {
    const cases = await weightCases({
      train,
      validation,
      scorers,
      fusion: fusionOf(params),
      random: random.derive('weights'),
      signal,
      async tell(fraction) {
        report({ phase: 'fit', fraction: fraction * scoringShare })
        await pause()
      },
    })
    if (cases.length === 0) throw unfit('No user of the validation part has a training history to find weights by.')
    const cutoff = Number(params.cutoff)
    const objective = async (weights: readonly number[]) => {
      await pause()
      signal.throwIfAborted()
      return meanNdcg(cases, weights, cutoff)
    }
    return await searchWeights(members.length, objective, async (epoch, ndcg) => {
      const fraction = scoringShare + (1 - scoringShare) * (epoch / (mostRounds + 1))
      report({ phase: 'fit', fraction, epoch, epochs: mostRounds, values: { [`ndcg@${cutoff}`]: ndcg } })
    })
  } finally {
    closeAll(scorers)
  }
}

function unfit(reason: string): TopnError {
  const message = `${reason} Add a validation part to the split, or choose equal weights.`
  return new TopnError('BAD_REQUEST', message, { field: 'params.weights' })
}

/** Lets the event loop run, so that a cancel is heard. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
