import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import type { Compute } from '../compute/compute'
import { preparedOf } from '../data/testing/interactions'
import { judge } from '../evaluation/testing/judge'
import { external } from '../models/elsewhere/external'
import { writeTableParquet } from '../store'
import { readElsewhere } from './elsewhere'

const folder = mkdtempSync(join(tmpdir(), 'topn-import-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const context = { signal: new AbortController().signal, report() {} }
/** Everyone has item 0; user 0 is tested with item 1, user 1 with items 2 and 3, user 2 with item 1. */
const prepared = preparedOf({ train: [[0], [0], [0]], test: [[1], [2, 3], [1]] }, 5)

function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const read = (file: string) => readElsewhere({ kind: 'lists', file }, prepared, context)

async function judged(file: string) {
  const { tensors, found } = await read(file)
  // Lists are scored without kernels.
  const scorer = await external.score?.({ tensors, params: {}, compute: {} as Compute }, prepared.train)
  const cutoffs = [3]
  const metrics = ['ndcg', 'recall', 'mrr'] as const
  return {
    found,
    ...(await judge(prepared, [], { cutoffs, metrics: [...metrics] }, { coldItems: true, ...(scorer && { scorer }) })),
  }
}

const csv = (...lines: string[]) => `${lines.join('\n')}\n`
const byHand = csv(
  'user_id,item_id,score,rank',
  'user-0,item-0,9,1',
  'user-0,item-2,3,2',
  'user-0,item-1,1,3',
  'user-1,item-3,0.5,1',
  'user-1,item-4,0.4,2',
  'user-1,item-2,0.3,3',
)

test('lists are judged as by hand: what a user has is left out, who has no list is judged by an empty one', async () => {
  const { metrics, found } = await judged(fileOf('hand.csv', byHand))
  // User 0: item 0 is known, so item 1 stands at 2. User 1: hits at 1 and 3 of two. User 2 has no list.
  const ndcg = [1 / Math.log2(3), (1 + 1 / 2) / (1 + 1 / Math.log2(3)), 0]
  expect(metrics['ndcg@3']).toBeCloseTo((ndcg[0] + ndcg[1]) / 3, 12)
  expect(metrics['recall@3']).toBeCloseTo(2 / 3, 12)
  expect(metrics['mrr@3']).toBeCloseTo((1 / 2 + 1) / 3, 12)
  expect(found).toEqual({
    rows: 6,
    leftOut: 0,
    unknownUsers: 0,
    unknownItems: 0,
    users: 2,
    withoutList: 1,
    longest: 3,
    ranksStandIn: false,
  })
})

test('the same lists in every kind of file are the same, however the file is named', async () => {
  const rows = byHand
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
  const parquet = join(folder, 'lists.parquet')
  const columns = [
    ['user_id', 'text'],
    ['item_id', 'text'],
    ['score', 'float'],
    ['rank', 'whole'],
  ] as const
  await writeTableParquet(
    parquet,
    columns,
    rows.map(([user, item, score, rank]) => [user, item, Number(score), Number(rank)]),
  )
  const trec = rows.map(([user, item, score, rank]) => `${user} Q0 ${item} ${rank} ${score} tag`)
  const files = [
    parquet,
    fileOf('a.txt', csv(...trec)),
    fileOf('b.csv', `\ufeff${byHand.replaceAll(',', '\t').replaceAll('\n', '\r\n')}`),
    fileOf('c.dat', gzipSync(byHand)),
    fileOf('d.csv', csv('rank;"item";user', ...rows.map(([user, item, , rank]) => `${rank};"${item}";${user}`))),
  ]
  const expected = await judged(fileOf('hand.csv', byHand))
  for (const file of files) {
    const { metrics, lists, found } = await judged(file)
    expect(metrics, file).toEqual(expected.metrics)
    expect(lists.items, file).toEqual(expected.lists.items)
    expect(found.rows).toBe(6)
  }
})

test('the rank says the order where scores do not, and a TREC run is ordered by its scores', async () => {
  const ties = csv('user,item,score,rank', 'user-1,item-3,1,1', 'user-1,item-2,1,2', 'user-1,item-4,7,3')
  const { lists, found } = await judged(fileOf('ties.csv', ties))
  expect(found.ranksStandIn).toBe(true)
  expect([...lists.items.subarray(3, 6)]).toEqual([3, 2, 4])
  expect([...lists.scores.subarray(3, 6)]).toEqual([1, Math.fround(1 / 2), Math.fround(1 / 3)])
  const trec = csv('user-1 Q0 item-3 1 0.1 x', 'user-1 Q0 item-2 2 0.7 x')
  expect([...(await judged(fileOf('run.txt', trec))).lists.items.subarray(3, 5)]).toEqual([2, 3])
})

test('unknown users and items are counted; a file of nothing else is refused', async () => {
  const some = csv('user,item,score', 'user-0,item-1,1', 'user-9,item-1,1', 'user-9,item-8,1', 'user-0,item-8,1')
  expect((await read(fileOf('some.csv', some))).found).toMatchObject({
    rows: 4,
    leftOut: 3,
    unknownUsers: 1,
    unknownItems: 1,
  })
  const none = fileOf('none.csv', csv('user,item,score', 'nobody,item-1,1'))
  await expect(read(none)).rejects.toThrow(`${none} has no list of this data: unknown users nobody`)
})

test('ids that were written another way are found', async () => {
  const spaced = { ...prepared, userIds: ['a b', '-1', '100%'], itemIds: ['x', '=y', 'z', 'u', 'v'] }
  const trec = fileOf('spaced.txt', csv('a%20b Q0 =y 1 2 t', '100%25 Q0 x 1 2 t'))
  expect((await readElsewhere({ kind: 'lists', file: trec }, spaced, context)).found.leftOut).toBe(0)
  const sheet = fileOf('sheet.csv', csv('user,item,score', "'-1,'=y,1"))
  expect((await readElsewhere({ kind: 'lists', file: sheet }, spaced, context)).found.leftOut).toBe(0)
})

test.each([
  [
    'an item twice',
    csv('user,item,rank', 'user-0,item-1,1', 'user-0,item-1,2'),
    'line 3: item item-1 is in the list of user-0 already, at line 2',
  ],
  ['a score that is no number', csv('user,item,score', 'user-0,item-1,best'), 'line 2: its score is no number: best'],
  ['a row that is cut off', csv('user,item,score', '', 'user-0,item-1'), 'line 3: it has 2 cells where 3 are needed'],
  ['no names of columns', csv('user-0,item-1,1'), 'line 1: it does not name the columns of lists'],
  [
    'a TREC line with too few fields',
    csv('user-0 Q0 item-1 1 2 t', 'user-0 Q0 item-2 2 1'),
    'line 2: a line of a TREC run',
  ],
  ['an open quote', csv('user,item,score', '"user-0,item-1,1'), 'line 2: a quote opens and does not close'],
  ['nothing', '', 'is empty'],
  ['bytes that are no text', Buffer.from([0x75, 0x2c, 0xff, 0xfe, 0x0a]), 'it is not UTF-8'],
  ['what only begins as Parquet', 'PAR1 and then something else', 'cannot be read as Parquet'],
])('%s is refused by file and line', async (name, content, message) => {
  const path = fileOf(`${name}.csv`, content)
  const failed = read(path)
  await expect(failed).rejects.toMatchObject({ code: 'BAD_DATA' })
  await expect(failed).rejects.toThrow(path)
  await expect(failed).rejects.toThrow(message)
})
