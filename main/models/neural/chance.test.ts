import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import { isNetwork } from '../../contract/parameters'
import type { Model, Parameters } from '../model'
import { createRandom } from '../random'
import { models } from '../registry'
import { fitModel, historyOf, interactionsOf, scoresOf, topItems } from '../testing'

// Where choices are drawn from all items alike, nothing says what comes next. That networks find what is there, blocks of
// users and items, is in `conformance/scores.ts`.

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 1 })
})
afterAll(() => compute.close())

const [items, users, known] = [40, 200, 6]
const gain = (rank: number) => 1 / Math.log2(rank + 2)

/** Each user chooses items in a drawn order; the last choice is held out. */
function choices() {
  const random = createRandom(3)
  const rows = Array.from({ length: users }, () => {
    const left = Array.from({ length: items }, (_, item) => item)
    return Array.from({ length: known + 1 }, () => left.splice(random.integer(left.length), 1)[0])
  })
  const train = interactionsOf(
    rows.map((row) => row.slice(0, known)),
    items,
  )
  return { train, targets: rows.map((row) => row[known]) }
}

/** Mean NDCG at 10 of the items that the user does not have, one of which is right. */
async function ndcg(model: Model, params: Parameters): Promise<number> {
  const { train, targets } = choices()
  const fitted = await fitModel(model, train, compute, { params })
  const scorer = await model.score?.(fitted, train)
  if (!scorer) throw new Error('it scores')
  const scores = await scoresOf(scorer, targets.keys(), items)
  const ranks = targets.map((target, user) => topItems(scores[user], historyOf(train, user), 10).indexOf(target))
  return ranks.reduce((sum, rank) => sum + (rank < 0 ? 0 : gain(rank)), 0) / users
}

const wanted = { epochs: 10, batch_size: 128, learning_rate: 0.03, embedding_size: 16, hidden_size: 16, layers: 1 }
const cases = models.filter(isNetwork).map((model) => ({
  model,
  params: Object.fromEntries(
    Object.entries(wanted).filter(([name]) => model.parameters.some((parameter) => parameter.name === name)),
  ),
}))

test.each(cases)('$model.id finds nothing where there is nothing', async ({ model, params }) => {
  const chance = Array.from({ length: 10 }, (_, rank) => gain(rank) / (items - known)).reduce((a, b) => a + b)
  // Of 200 users the mean is off by 0.017 at one standard deviation.
  expect(Math.abs((await ndcg(model, params)) - chance)).toBeLessThan(0.06)
})
