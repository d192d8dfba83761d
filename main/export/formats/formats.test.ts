import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noItem, type TopLists } from '../../evaluation/lists'
import type { Interactions } from '../../models/model'
import { exporterOf, itemIds, prepareTastes, userIds, usualSettings } from '../testing/exported'

const folder = mkdtempSync(join(tmpdir(), 'topn-formats-'))
afterAll(() => rmSync(folder, { recursive: true }))

let parts: { train: Interactions; test: Interactions }
let bpr: Awaited<ReturnType<typeof exporterOf>>
let lists: TopLists
beforeAll(async () => {
  parts = await prepareTastes(join(folder, 'prepared'))
  bpr = await exporterOf(folder, 'bpr', { embedding_size: 5, epochs: 3 })
  lists = bpr.lists
})

const text = (...names: string[]) => readFileSync(join(folder, ...names), 'utf8')
/** Of each user the list that the run was judged by. */
const listOf = (row: number) =>
  Array.from({ length: lists.k }, (_, at) => row * lists.k + at).filter((at) => lists.items[at] !== noItem)

test('CSV is what a spreadsheet takes for text and numbers, every list in full', async () => {
  await bpr.write('csv', join(folder, 'lists.csv'))
  const [header, first, ...lines] = text('lists.csv').split('\r\n')
  expect(header).toBe('\ufeffuser_id,item_id,score,rank')
  expect(first.startsWith("'=1+1,")).toBe(true)
  expect(lines.some((line) => line.startsWith('"u ""1"""'))).toBe(true)
  expect(lines.length).toBe(lists.users.length * lists.k)
})

test('JSON Lines are lists as Personalize gives them, or feedback as Gorse takes it', async () => {
  await bpr.write('jsonl', join(folder, 'personalize.jsonl'))
  const lines = text('personalize.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  lists.users.forEach((user, row) => {
    const output = {
      recommendedItems: listOf(row).map((at) => itemIds[lists.items[at]]),
      scores: listOf(row).map((at) => lists.scores[at]),
    }
    expect(lines[row]).toEqual({ input: { userId: userIds[user] }, output, error: null })
  })
  await bpr.write('jsonl', join(folder, 'gorse.jsonl'), {
    settings: { ...usualSettings, format: 'jsonl', shape: 'gorse' },
  })
  const [feedback] = text('gorse.jsonl').split('\n')
  expect(JSON.parse(feedback)).toMatchObject({
    FeedbackType: 'recommend',
    UserId: userIds[0],
    ItemId: itemIds[lists.items[0]],
  })
})

describe('TREC', () => {
  test('scores of a list strictly decrease, in single precision, and the judgements are the test part', async () => {
    const popularity = await exporterOf(folder, 'popularity')
    await popularity.write('trec', join(folder, 'trec'))
    const rows = text('trec', 'run.txt')
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
    rows.forEach(([user, , , rank, score], at) => {
      const last = rows[at - 1]
      const isFirst = last?.[0] !== user
      expect(Number(rank)).toBe(isFirst ? 1 : Number(last[3]) + 1)
      if (!isFirst) expect(Math.fround(Number(score))).toBeLessThan(Math.fround(Number(last[4])))
    })
    const judged = text('trec', 'qrels.txt').trim().split('\n')
    expect(judged.length).toBe(parts.test.itemIndices.length)
    expect(judged[1]).toBe(`u%20"1" 0 ${itemIds[parts.test.itemIndices[1]].replace(' ', '%20')} 1`)
  })
})

test('.npz has vectors whose product is a score, biases in them', async () => {
  const { proof } = await bpr.write('npz', join(folder, 'bpr.npz'))
  expect(proof).toMatchObject({ users: 100, histories: 0, topAgreement: 1 })
  await expect(
    exporterOf(folder, 'ease').then((ease) => ease.write('npz', join(folder, 'ease.npz'))),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})
