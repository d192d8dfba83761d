import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { Scorer } from '../../models/model'
import { models } from '../../models/registry'
import { fitModel, interactionsOf, scoresOf, tastes } from '../../models/testing'
import { shortParams } from '../testing/exported'
import { scoreHistory, scoreUser } from './plain-scores'

let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  compute = await createCompute({ threads: 1 })
})
afterAll(() => compute.close())

const items = 43
const chosen = tastes(50, items, 9)
const train = { ...chosen, values: Float32Array.from(chosen.itemIndices, (item, at) => 1 + ((item * 7 + at) % 5)) }
const historyOf = (user: number) => {
  const place = [train.offsets[user], train.offsets[user + 1]] as const
  const items = train.itemIndices.slice(...place)
  return { items, ratings: train.values.slice(...place), recent: items }
}
const unseen = [3, 17, 8, 22, 40]
const ratings = [5, 3, 1, 4, 2]

function expectClose(own: Float32Array, plain: Float64Array) {
  const largest = Math.max(...own.filter((score) => !Number.isNaN(score)).map(Math.abs))
  own.forEach((score, item) => {
    if (Number.isNaN(score)) expect(plain[item], `item ${item}`).toBeNaN()
    else expect(Math.abs(plain[item] - score) / Math.max(1, largest), `item ${item}`).toBeLessThan(1e-5)
  })
}

async function scoresBy(scorer: Scorer | undefined, user: number): Promise<Float32Array> {
  if (!scorer) throw new Error('it does not score')
  const [scores] = await scoresOf(scorer, [user], items)
  scorer.close()
  return scores
}

describe.each(models.filter((model) => model.form).map((model) => [model.id, model] as const))('%s', (_id, model) => {
  test('its form makes the scores that it makes itself, of a user and of an unseen history', async () => {
    const fitted = await fitModel(model, train, compute, { params: shortParams(model) })
    const form = model.form?.(fitted)
    const user = 7
    if (form?.users) {
      expectClose(
        await scoresBy(await model.score?.(fitted, train), user),
        scoreUser(form.users, user, historyOf(user)),
      )
    }
    if (form?.histories) {
      const recent = Uint32Array.from(unseen)
      const history = { items: recent, ratings: Float32Array.from(ratings), recent }
      const scorer = await model.foldIn?.(fitted, interactionsOf([unseen], items, [ratings]))
      expectClose(await scoresBy(scorer, 0), scoreHistory(form.histories, history))
    }
    expect(form?.users ?? form?.histories).toBeDefined()
    expect(form?.users?.kind === 'dot').toBe(model.scoresByProduct === true)
    const isByItems = ['item-neighbours', 'item-weights'].includes(form?.histories?.kind ?? '')
    expect(isByItems).toBe(model.scoresByItems === true)
  })
})
