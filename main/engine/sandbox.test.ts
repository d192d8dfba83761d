import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunRecord } from '../contract/records'
import { isAlive, openTestEngine, type TestEngine } from './testing/open-engine'

let engine: TestEngine
let datasetId: string
const names = ['knn', 'ials', 'popular', 'chance', 'content', 'gmf', 'fused'] as const
let runs: Record<(typeof names)[number], RunRecord>
let user: string

beforeAll(async () => {
  engine = await openTestEngine()
  datasetId = (await engine.jobEnded((await engine.call('datasets.sample', {})).id)).subject as string
  const started = await engine.call('runs.start', {
    datasetId,
    split: { strategy: 'leave-last-out' },
    evaluation: { metrics: ['ndcg', 'faithfulness'] },
    models: [
      { model: 'item-knn' },
      { model: 'ials', params: { embedding_size: 8, epochs: 3 } },
      { model: 'popularity' },
      { model: 'random' },
      { model: 'content-knn' },
      { model: 'gmf', params: { embedding_size: 4, batch_size: 2048, epochs: 1 } },
      { model: 'ensemble', members: [0, 5], params: { weights: 'equal' } },
    ],
  })
  const ended = await engine.runsEnded(started)
  runs = Object.fromEntries(names.map((name, at) => [name, ended[at]])) as typeof runs
  expect(Object.values(runs).map(({ state, error }) => error?.message ?? state)).toEqual(
    Array(names.length).fill('done'),
  )
  user = (await engine.call('users.search', { datasetId, query: '', limit: 3 }))[1].user
}, 60_000)
afterAll(() => engine.close())

const ids = () => Object.values(runs).map(({ id }) => id)
const historyOf = async () => {
  const all = await engine.call('users.history', { runId: runs.knn.id, user })
  return all.filter(({ part }) => part === 'train').map(({ item, value }) => ({ item, value }))
}
const listsOf = (input: object) => engine.call('sandbox.lists', { runIds: ids(), ...input })

test('without a history of their own a user gets the stored lists', async () => {
  for (const { runId, list } of await listsOf({ user })) {
    const stored = await engine.call('lists.forUser', { runId, user, limit: 10 })
    expect(list?.map(({ item, rank, hit }) => ({ item, rank, hit }))).toEqual(
      stored.map(({ item, rank, hit }) => ({ item, rank, hit })),
    )
    for (const [at, { score }] of (list ?? []).entries()) expect(score).toBeCloseTo(stored[at].score, 4)
  }
})

test('the same history gives the same list, another one another; what cannot fold in says so', async () => {
  const history = await historyOf()
  const [stored] = await listsOf({ user })
  const [same, , , ...others] = await listsOf({ user, history })
  const [chance, , gmf, fused] = others
  expect(same.list?.map(({ item }) => item)).toEqual(stored.list?.map(({ item }) => item))
  expect([chance.list, gmf.list, fused.list]).toEqual([null, null, null])
  const [added] = await listsOf({ user, history: [...history, { item: stored.list?.[0].item as string }] })
  expect(added.list?.map(({ item }) => item)).not.toContain(stored.list?.[0].item)
  const [nothing] = await listsOf({ history: [] })
  expect(nothing.list).toEqual([])
})

test('one process answers, and is gone once a run is deleted', async () => {
  await listsOf({ user })
  const warm = engine.processes.at(-1)
  await listsOf({ user, history: await historyOf() })
  expect(engine.processes.at(-1)).toBe(warm)
  expect(isAlive(warm?.pid)).toBe(true)
  const copy = await engine.call('runs.duplicate', { runId: runs.knn.id })
  const ended = new Promise<void>((resolve) => warm?.onExit(() => resolve()))
  await engine.call('runs.delete', { runId: copy.id })
  await ended
  expect((await listsOf({ user })).length).toBe(names.length)
})

test('reasons add up to the score, and the counterfactual holds', async () => {
  const history = await historyOf()
  for (const run of [runs.knn, runs.ials, runs.content]) {
    const [{ list }] = await engine.call('sandbox.lists', { runIds: [run.id], history })
    const [first] = list ?? []
    const why = await engine.call('explanations.ofItem', { runId: run.id, history, item: first.item, k: 5 })
    expect(why.isExact).toBe(true)
    expect(why.historyLength).toBe(history.length)
    const sum = why.history.reduce((total, { amount }) => total + amount, (why.rest ?? 0) + why.beyond.amount)
    expect(sum).toBeCloseTo(first.score, 3)
    expect(why.score).toBeCloseTo(first.score, 3)
    if (!why.counterfactual) continue
    const gone = new Set(why.counterfactual.items.map(({ name }) => name))
    const rest = history.filter(({ item }) => !gone.has(item))
    const [{ list: without }] = await engine.call('sandbox.lists', { runIds: [run.id], history: rest, k: 50 })
    const others = without?.filter(({ item }) => !gone.has(item)).map(({ item }) => item) ?? []
    expect(others.slice(0, 5)).not.toContain(first.item)
  }
  const content = await engine.call('explanations.ofItem', {
    runId: runs.content.id,
    user,
    item: (await engine.call('lists.forUser', { runId: runs.content.id, user, limit: 1 }))[0].item,
  })
  expect(content.terms).toBe('features')
  expect(content.others[0].parts[0].name).toMatch(/: /)
  const popular = await engine.call('explanations.ofItem', {
    runId: runs.popular.id,
    user,
    item: content.history[0].name,
  })
  expect(popular).toMatchObject({ terms: 'everyone', history: [], counterfactual: null })
})

test('faithfulness is a metric on request', () => {
  for (const { metrics } of [runs.knn, runs.ials, runs.content]) expect(metrics.faithfulness).toBeGreaterThan(0.75)
  for (const { leftOut } of [runs.popular, runs.chance, runs.gmf, runs.fused])
    expect(leftOut).toMatchObject({ faithfulness: 'no-reasons' })
})

test('rules: categories, popularity, diversity; and what they cost', async () => {
  const runIds = [runs.ials.id]
  const [{ list }] = await engine.call('sandbox.lists', { runIds, user })
  const category = list?.flatMap(({ categories }) => categories)[0] as string
  const [only] = await engine.call('sandbox.lists', { runIds, user, rules: { only: category } })
  expect(only.list?.length).toBeGreaterThan(0)
  expect(only.list?.every(({ categories }) => categories.includes(category))).toBe(true)
  const [few] = await engine.call('sandbox.lists', { runIds, user, rules: { mostOfCategory: 1 } })
  const named = few.list?.flatMap(({ categories }) => categories) ?? []
  expect(new Set(named).size).toBe(named.length)
  const [liked] = await engine.call('sandbox.lists', { runIds, user, rules: { leastPopularity: 20 } })
  expect(liked.list?.every(({ popularity }) => popularity >= 20)).toBe(true)

  const costOf = (rules: object) => engine.call('sandbox.ruleCost', { runId: runs.ials.id, rules })
  const plain = await costOf({})
  expect(plain.after).toBe(plain.before)
  // Where the sample is everyone it is the metric.
  if (plain.users === runs.ials.judgedUsers) expect(plain.before).toBeCloseTo(runs.ials.metrics['ndcg@10'], 6)
  expect((await costOf({ diversity: 1 })).after).toBeLessThan(plain.before)
})

test('an item: searched, described, what is like it, who gets it', async () => {
  const [{ list }] = await engine.call('sandbox.lists', { runIds: [runs.knn.id], user })
  const { item, title } = list?.[0] ?? { item: '', title: '' }
  const query = (title ?? item).slice(0, 5).toUpperCase()
  const found = await engine.call('items.search', { runId: runs.knn.id, query, limit: 100 })
  expect(found.map((each) => each.item)).toContain(item)
  const page = await engine.call('items.page', { runId: runs.knn.id, item })
  expect(page.attributes.length).toBeGreaterThan(0)
  expect(page.overTime.reduce((sum, { count }) => sum + count, 0)).toBe(page.popularity)
  const audience = await engine.call('items.audience', { runId: runs.knn.id, item, limit: 1000 })
  expect(audience.users).toContainEqual({ user, rank: 1 })
  expect(audience.users.length).toBe(audience.times)
  const byHistory = await engine.call('items.similar', { runId: runs.knn.id, item, limit: 5 })
  expect(byHistory?.by).toBe('history')
  const byVectors = await engine.call('items.similar', { runId: runs.ials.id, item, limit: 5 })
  expect(byVectors?.items.map((other) => other.item)).not.toContain(item)
  expect(byVectors?.items[0].score).toBeLessThanOrEqual(1.000001)
  expect(await engine.call('items.similar', { runId: runs.chance.id, item, limit: 5 })).toBeNull()
})

test('a new item goes to those whose history has its features', async () => {
  const { columns } = await engine.call('sandbox.coldAudience', { runId: runs.content.id, columns: [] })
  const column = columns?.[0] as string
  expect(column).toMatch(/^[^:]+: [^:]+$/)
  const { users } = await engine.call('sandbox.coldAudience', { runId: runs.content.id, columns: [column], limit: 5 })
  expect(users.length).toBeGreaterThan(0)
  expect(users.map(({ score }) => score)).toEqual(users.map(({ score }) => score).toSorted((a, b) => b - a))
  const none = await engine.call('sandbox.coldAudience', { runId: runs.knn.id, columns: [] })
  expect(none).toMatchObject({ columns: null, users: [] })
})

test('the users who lose the most come first', async () => {
  const [first, second, key] = [runs.ials.id, runs.chance.id, 'ndcg@10']
  const found = await engine.call('users.losers', { first, second, key, limit: 5 })
  expect(found.length).toBeGreaterThan(0)
  const losses = found.map((loser) => loser.first - loser.second)
  expect(losses).toEqual(losses.toSorted((a, b) => b - a))
  expect(losses.at(-1)).toBeGreaterThan(0)
})

test('unknown users, items and histories of none are refused', async () => {
  await expect(listsOf({ user: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(listsOf({ history: [{ item: 'nothing' }] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(listsOf({})).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('a copy that is trained again with the same history gives the same list, and with another one another', async () => {
  const history = await historyOf()
  const retrained = async (input: {
    runId: string
    user: string | null
    history: { item: string; value: number }[]
  }) => {
    const { subject, state, error } = await engine.jobEnded((await engine.call('sandbox.retrain', input)).id)
    expect(error?.message ?? state).toBe('done')
    return (await engine.call('sandbox.retrained', { retrainingId: String(subject) })) ?? []
  }
  const [stored, , , , , ...drawn] = await listsOf({ user })
  const runId = runs.knn.id
  const same = await retrained({ runId, user, history })
  expect(same).toEqual(stored.list)
  // A network, with all that it draws, and an ensemble that has one.
  for (const { runId, list } of drawn) expect(await retrained({ runId, user, history })).toEqual(list)
  const liked = stored.list?.[0].item as string
  const changed = await retrained({ runId, user, history: [...history, { item: liked, value: 1 }] })
  expect(changed.map(({ item }) => item)).not.toContain(liked)
  expect(await engine.call('sandbox.retrained', { retrainingId: 'none' })).toBeNull()
  expect((await engine.call('runs.list', {})).find(({ id }) => id === runId)).toEqual(runs.knn)
  expect((await listsOf({ user }))[0].list).toEqual(stored.list)
})

test('for nobody in the data a copy learns one more user; features are theirs too', async () => {
  const [{ item }] = await historyOf()
  for (const run of [runs.content, runs.popular]) {
    const input = { runId: run.id, history: [{ item, value: 1 }] }
    const { subject } = await engine.jobEnded((await engine.call('sandbox.retrain', input)).id)
    const retrainingId = String(subject)
    const list = await engine.call('sandbox.retrained', { retrainingId, rules: { leastPopularity: 5 } })
    const [folded] = (await listsOf({ history: input.history, rules: { leastPopularity: 5 } })).filter(
      ({ runId }) => runId === run.id,
    )
    expect(list?.map((each) => each.item)).toEqual(folded.list?.map((each) => each.item))
  }
})
