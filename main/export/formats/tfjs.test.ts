import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompute } from '../../compute/create'
import type { ParameterValue } from '../../contract/parameters'
import { readPrepared } from '../../data/prepared-files'
import type { Scorer } from '../../models/model'
import { findModel, models } from '../../models/registry'
import { interactionsOf, scoresOf } from '../../models/testing'
import { exporterOf, prepareTastes, shortParams, testItems } from '../testing/exported'
import { type Given, openTfjsFile, type Program } from '../testing/programs'
import { tfjs } from './tfjs'

const folder = mkdtempSync(join(tmpdir(), 'topn-tfjs-'))
let compute: Awaited<ReturnType<typeof createCompute>>
beforeAll(async () => {
  await prepareTastes(join(folder, 'prepared'))
  compute = await createCompute({ threads: 1 })
})
afterAll(async () => {
  await compute.close()
  rmSync(folder, { recursive: true })
})

/** Of several lengths, one of them none and one longer than what the sequence models here read. */
const unseen = [[5], [], [7, 2, 30], [1, 2, 3, 4, 6, 8, 9, 10, 12, 14, 20, 40]]
const maximum_length = 9
const ratingOf = (item: number) => 1 + (item % 5)

/** Whatever of users and their histories a graph may ask for. */
function inputsOf(histories: readonly (readonly number[])[], users: readonly number[] = []): Record<string, Given> {
  const dense = (value: (item: number) => number): Given => ({
    whole: false,
    shape: [histories.length, testItems],
    numbers: histories.flatMap((row) =>
      Array.from({ length: testItems }, (_, item) => (row.includes(item) ? value(item) : 0)),
    ),
  })
  const longest = Math.max(...histories.map((row) => row.length))
  const filled = histories.flatMap((row) => [...row, ...Array<number>(longest - row.length).fill(-1)])
  return {
    user: { whole: true, shape: [users.length], numbers: users },
    history: dense(() => 1),
    ratings: dense(ratingOf),
    items: { whole: true, shape: [histories.length, longest], numbers: filled },
  }
}

async function expectScores(
  program: Program,
  given: Record<string, Given>,
  scorer: Scorer | undefined,
  rows: number[],
) {
  if (!scorer) throw new Error('it does not score')
  const own = await scoresOf(scorer, rows, testItems)
  scorer.close()
  const found = await program.scores(Object.fromEntries(program.inputs.map((name) => [name, given[name]])))
  expect(found.length).toBe(rows.length * testItems)
  own.forEach((row, at) => {
    row.forEach((score, item) => {
      const other = found[at * testItems + item]
      if (Number.isNaN(score)) expect(other).toBe(Number.NEGATIVE_INFINITY)
      else expect(Math.abs(other - score) / Math.max(1, Math.abs(score) / 10)).toBeLessThan(1e-4)
    })
  })
}

const kinds: [name: string, id: string, params: Record<string, ParameterValue>][] = [
  ...models
    .filter((model) => tfjs.refusal(model) === null && model.features !== 'required')
    .map(({ id }): [string, string, Record<string, ParameterValue>] => [id, id, {}]),
  ['two-tower that reads with a GRU', 'two-tower', { user_tower: 'gru' }],
  ['two-tower that reads with an LSTM', 'two-tower', { user_tower: 'lstm' }],
  ['two-tower that learns conversion', 'two-tower', { conversion_weight: 0.5 }],
  ['bert4rec of two heads', 'bert4rec', { heads: 2, layers: 1 }],
]

describe.each(kinds)('%s', (name, id, more) => {
  const model = findModel(id)
  const path = join(folder, name)

  test('TensorFlow.js loads its graphs, which score users and new histories as it does', async () => {
    const cut = model.parameters.some((each) => each.name === 'maximum_length') ? { maximum_length } : {}
    const params = { ...shortParams(model), ...cut, ...more }
    const exported = await exporterOf(folder, id, params, { name })
    const { proof } = await exported.write('tfjs', path)
    const form = model.form?.({ tensors: exported.tensors, params: exported.manifest.params })
    expect(proof).toMatchObject({ users: 100, histories: form?.histories ? 20 : 0, topAgreement: 1 })
    expect(proof?.largestDifference).toBeLessThan(1e-4)

    const fitted = { tensors: exported.tensors, params: exported.manifest.params, compute }
    const { train } = await readPrepared(join(folder, 'prepared'))
    const users = [0, 7, 119]
    const histories = users.map((user) => [...train.itemIndices.subarray(train.offsets[user], train.offsets[user + 1])])
    const first = await openTfjsFile(join(path, 'model.json'))
    await expectScores(first, inputsOf(histories, users), await model.score?.(fitted, train), users)

    const ratings = unseen.map((row) => row.map(ratingOf))
    const folded = form?.histories && (await model.foldIn?.(fitted, interactionsOf(unseen, testItems, ratings)))
    expect(existsSync(join(path, 'history.json'))).toBe(Boolean(form?.users && form?.histories))
    if (!folded) return
    const history = form?.users ? await openTfjsFile(join(path, 'history.json')) : first
    expect(history.inputs).not.toContain('user')
    await expectScores(history, inputsOf(unseen), folded, [...unseen.keys()])
  })
})

test('sequence models take items in their order, and one that knows users takes them too', async () => {
  const asked = async (name: string, file: string) => [...(await openTfjsFile(join(folder, name, file))).inputs].sort()
  for (const id of ['sasrec', 'gru4rec', 'bert4rec', 'two-tower']) {
    expect(await asked(id, 'model.json')).toEqual(['items'])
    expect(await readdir(join(folder, id))).not.toContain('history.json')
  }
  expect(await asked('transformer-mf', 'model.json')).toEqual(['items', 'user'])
  expect(await asked('transformer-mf', 'history.json')).toEqual(['items'])
})

test('every neural model has a graph; models of another kind are refused with what they lack', () => {
  const networks = models.filter(({ family }) => ['Neural', 'Sequences'].includes(family))
  expect(networks.map(tfjs.refusal)).toEqual(networks.map(() => null))
  expect(tfjs.refusal(findModel('ease'))).toBe('EASE has no vectors or layers whose graph TensorFlow.js computes.')
})
