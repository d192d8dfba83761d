import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DotName, dotName, type ValuePairs } from '../contract/per-user'
import type { RunRecord } from '../contract/records'
import { readPrepared } from '../data/prepared-files'
import { readSafetensors } from '../files/safetensors'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const key = 'ndcg@10'
let engine: TestEngine
let runs: RunRecord[]
let other: RunRecord

beforeAll(async () => {
  engine = await openTestEngine()
  const { id } = await engine.call('datasets.sample', {})
  const datasetId = (await engine.jobEnded(id)).subject as string
  const start = async (seed: number, ...models: string[]) =>
    engine.runsEnded(
      await engine.call('runs.start', {
        datasetId,
        seed,
        models: models.map((model) => ({ model })),
        ...(seed === 1 && { split: { strategy: 'leave-one-out' as const } }),
      }),
    )
  runs = await start(42, 'popularity', 'random')
  other = (await start(1, 'popularity'))[0]
}, 60_000)
afterAll(() => engine.close())

/** Each judged user's value, as the artifact has it. */
async function valuesOf(run: RunRecord): Promise<Map<string, number>> {
  const { userIds } = await readPrepared(join(engine.workspace, 'prepared', run.prepared as string))
  const tensors = await readSafetensors(join(engine.workspace, 'artifacts', run.id, 'users.safetensors'))
  const users = tensors.users.data as Uint32Array
  return new Map(Array.from(users, (user, at) => [userIds[user], Number(tensors[key].data[at])]))
}

const namesOf = ({ dots }: ValuePairs, isWanted: (sign: number) => boolean): DotName[] =>
  [...dots.signs.keys()].filter((at) => isWanted(dots.signs[at])).map((at) => dotName(dots, at))

test('users who are worse off with the first run are those of its artifact', async () => {
  const [first, second] = runs
  const [a, b] = [await valuesOf(first), await valuesOf(second)]
  const about = { first: first.id, second: second.id, key }
  const pairs = await engine.call('perUser.pairs', about)
  const wanted = [...a].filter(([user, value]) => value < (b.get(user) as number)).map(([user]) => user)
  expect(wanted.length).toBeGreaterThan(3)
  expect(pairs).toMatchObject({ users: a.size, less: wanted.length })
  const found = await engine.call('perUser.ids', { ...about, dots: namesOf(pairs, (sign) => sign < 0) })
  expect(found.toSorted()).toEqual(wanted.toSorted())
  expect((await engine.call('perUser.ids', { ...about, dots: namesOf(pairs, () => true) })).length).toBe(a.size)
})

test('the spread has every judged user, and the mean of the record', async () => {
  const spread = await engine.call('perUser.spread', { runIds: runs.map(({ id }) => id), key })
  for (const [at, run] of runs.entries()) {
    const { users, mean, counts } = spread.runs[at]
    expect(users).toBe(run.judgedUsers)
    expect(mean).toBeCloseTo(run.metrics[key], 12)
    expect([...counts].reduce((sum, count) => sum + count, 0)).toBe(users)
  }
})

test('what has no values per user, or not of the same users, is refused with a reason', async () => {
  const [{ id: first }, { id: second }] = runs
  const refused = (call: Promise<unknown>) => expect(call).rejects
  await refused(engine.call('perUser.spread', { runIds: [first], key: 'coverage@10' })).toMatchObject({
    code: 'BAD_REQUEST',
    data: { field: 'key' },
  })
  await refused(engine.call('perUser.pairs', { first, second, key: 'rmse' })).toMatchObject({ code: 'BAD_REQUEST' })
  await refused(engine.call('perUser.pairs', { first, second: other.id, key })).toThrow(/another split/)
  await refused(engine.call('perUser.pairs', { first, second: 'gone', key })).toMatchObject({ code: 'NOT_FOUND' })
})
