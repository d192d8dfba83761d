import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { noItem, type TopLists } from '../../evaluation/lists'
import { writeSafetensors } from '../../files/safetensors'
import type { Interactions } from '../../models/model'
import { findModel } from '../../models/registry'
import { exporterOf, itemIds, prepareTastes, userIds, usualSettings } from '../testing/exported'
import { formats } from './registry'

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

describe('vectors', () => {
  test('as CSV and for the Embedding Projector are the numbers of the model', async () => {
    await bpr.write('vectors-csv', join(folder, 'vectors'))
    const [header, first] = text('vectors', 'items.csv').split('\r\n')
    expect(header).toBe('\ufeffid,v0,v1,v2,v3,v4')
    const own = [...(bpr.tensors.item_factors.data.subarray(0, 5) as Float32Array)]
    expect(first).toBe(`'${itemIds[0]},${own.join(',')}`)
    await bpr.write('projector', join(folder, 'projector'))
    expect(text('projector', 'items-vectors.tsv').split('\n')[0]).toBe(own.join('\t'))
    const counts = parts.train.itemIndices.filter((item) => item === 1).length
    expect(text('projector', 'items-metadata.tsv').split('\n').slice(0, 3)[2]).toBe(`${itemIds[1]}\t${counts}`)
  })

  test('as Parquet are read back by DuckDB', async () => {
    await bpr.write('vectors-parquet', join(folder, 'vectors-parquet'))
    const path = join(folder, 'vectors-parquet', 'users.parquet')
    const [row] = await query(`SELECT id, vector FROM '${path}' LIMIT 1`)
    const own = [...(bpr.tensors.user_factors.data.subarray(0, 5) as Float32Array)]
    expect(row).toEqual([userIds[0], own])
  })

  test('of items that are alike are in order, the item itself left out', async () => {
    const knn = await exporterOf(folder, 'item-knn')
    await knn.write('similar-items', join(folder, 'similar.parquet'))
    const rows = await query(`SELECT * FROM '${join(folder, 'similar.parquet')}' WHERE item_id = 'i 1' ORDER BY rank`)
    const width = knn.tensors.neighbor_indices.shape[1]
    const own = Array.from({ length: 10 }, (_, at) => [
      'i 1',
      itemIds[knn.tensors.neighbor_indices.data[width + at]],
      knn.tensors.neighbor_similarities.data[width + at],
      at + 1,
    ])
    expect(rows.map(([, , similarity, rank]) => [similarity, rank])).toEqual(
      own.map(([, , value, rank]) => [value, rank]),
    )
    expect(rows[0][1]).toBe(own[0][1])
  })

  test('are written of chosen items alone', async () => {
    const chosen = join(folder, 'chosen.safetensors')
    await writeSafetensors(chosen, { items: { shape: [2], data: Uint32Array.of(1, 4) } })
    await bpr.write('similar-items', join(folder, 'chosen.parquet'), { chosen })
    const rows = await query(`SELECT DISTINCT item_id FROM '${join(folder, 'chosen.parquet')}' ORDER BY item_id`)
    expect(rows).toEqual([['i 1'], ['i 4']])
  })
})

describe('the split', () => {
  test('as Parquet has every interaction with its value', async () => {
    await bpr.write('split-parquet', join(folder, 'split'))
    const rows = await query(`SELECT * FROM '${join(folder, 'split', 'train.parquet')}'`)
    expect(rows.length).toBe(parts.train.itemIndices.length)
    expect(rows[0]).toEqual([userIds[0], itemIds[parts.train.itemIndices[0]], parts.train.values[0], null])
  })

  test('as atomic files of RecBole has a file for each part, though one is empty', async () => {
    await bpr.write('recbole', join(folder, 'recbole'))
    const [header, first] = text('recbole', 'tastes.test.inter').split('\n')
    expect(header).toBe('user_id:token\titem_id:token\trating:float')
    expect(first).toBe(`${userIds[0]}\t${itemIds[parts.test.itemIndices[0]]}\t${parts.test.values[0]}`)
    expect(text('recbole', 'tastes.valid.inter').trim().split('\n').length).toBe(1)
  })
})

test('how alike items are is found once, for the file and for its proof', async () => {
  const vectors = vi.spyOn(findModel('bpr'), 'itemVectors')
  const { proof } = await bpr.write('similar-items', join(folder, 'once.parquet'))
  expect(vectors).toHaveBeenCalledTimes(1)
  vectors.mockRestore()
  expect(proof).toMatchObject({ users: itemIds.length, topAgreement: 1 })
})

test.each(formats.filter(({ tables, reread }) => tables && !reread).map(({ id }) => id))(
  '%s is read back by other code, row by row',
  async (format) => {
    const { proof } = await bpr.write(format, join(folder, `proved-${format}`))
    expect(proof).toMatchObject({ topAgreement: 1, histories: 0 })
    expect(proof?.largestDifference).toBeLessThan(1e-6)
    expect(proof?.users).toBeGreaterThan(40)
    expect(proof?.rows).toBeGreaterThanOrEqual(proof?.users ?? Number.NaN)
  },
)

test('the rows of either shape of JSON Lines are proved', async () => {
  const settings = { ...usualSettings, format: 'jsonl' as const, shape: 'gorse' as const }
  const { proof } = await bpr.write('jsonl', join(folder, 'proved-gorse'), { settings })
  expect(proof).toMatchObject({ rows: bpr.lists.users.length * 10, topAgreement: 1 })
})

test('whatever is no report is proved', () => {
  expect(formats.filter(({ tables, reread }) => !tables && !reread).map(({ id }) => id)).toEqual(['report'])
})

async function query(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const rows = (await connection.runAndReadAll(sql)).getRowsJS() as unknown[][]
  connection.closeSync()
  instance.closeSync()
  return rows
}
