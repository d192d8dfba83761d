import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Compute } from '../compute/compute'
import { preparedOf } from '../data/testing/interactions'
import { knownScorer } from '../evaluation/known-scorer'
import { createGraph, type OnnxGraph } from '../export/onnx/graph'
import type { Interactions } from '../models/model'
import { readElsewhere } from './elsewhere'

const folder = mkdtempSync(join(tmpdir(), 'topn-scorer-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const context = { signal: new AbortController().signal, report() {} }
const prepared = preparedOf({ train: [[0, 3], [1], [4, 1, 2], [4]], test: [[1], [2], [0], [0]] }, 5)
/** Rows of the graphs; the data has no item-9 and no user-9, and the graphs know neither item-4 nor user-3. */
const itemIds = ['item-9', 'item-3', 'item-0', 'item-2', 'item-1']
const userIds = ['user-2', 'user-9', 'user-0', 'user-1']
const [users, items] = [userIds.length, itemIds.length]
const itemRow = [2, 4, 3, 1, -1]
const userRow = [2, 3, 0, -1]

/** A score that tells row from column. */
const scoreOf = (row: number, column: number) => row * 10 + column + 0.5
const table = (rows: number) =>
  Float32Array.from({ length: rows * items }, (_, at) => scoreOf(Math.floor(at / items), at % items))

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** The same where row 0 is nobody's. */
const filledUp = fileOf('filled-up.json', JSON.stringify(['[PAD]', ...itemIds.slice(1)]))

const ids = {
  userIds: fileOf('user_ids.json', JSON.stringify(userIds)),
  itemIds: fileOf('item_ids.json', JSON.stringify(itemIds)),
}

function written(name: string, graph: OnnxGraph, facts: Record<string, string> = {}): string {
  const pieces = graph.build({ name: 'test', version: '0', meaning: '', facts })
  return fileOf(`${name.replaceAll(/\W+/g, '-')}.onnx`, Buffer.concat(pieces))
}

const read = (file: string, more: object = {}) =>
  readElsewhere({ kind: 'scorer', file, ...ids, historyLength: null, ...more }, prepared, context)

/** The scores of users, a row each. */
async function scoresBy(file: string, more: object = {}, histories: Interactions = prepared.train) {
  const { model, tensors, found } = await read(file, more)
  const scorer = await model.score?.({ tensors, params: {}, compute: {} as Compute }, histories)
  const scores = new Float32Array(4 * 5)
  await scorer?.score(Uint32Array.of(0, 1, 2, 3), scores)
  scorer?.close()
  return { found, model, scores: [0, 1, 2, 3].map((user) => [...scores.subarray(user * 5, user * 5 + 5)]) }
}

const none = Number.NaN
/** What a score for each user's own row is, by the items of the data. */
const expectedOf = (rows: readonly number[]) =>
  rows.map((row) => itemRow.map((column) => (row < 0 || column < 0 ? none : scoreOf(row, column))))

const weights = (graph: OnnxGraph, rows = items) =>
  graph.constant('weights', { type: 'float', shape: [rows, items], data: table(rows) })

type Whole = 'int32' | 'int64'

/** Scores of users by a table of them. */
function usersGraph(shape: (number | string)[], type: Whole = 'int64', output: (number | string)[] = ['n', items]) {
  const graph = createGraph()
  const user = graph.input('user', type, shape)
  const flat = shape.length === 2 ? graph.operator('Squeeze', [user, graph.wholes(1)]) : user
  graph.output('out', graph.operator('Gather', [weights(graph, users), flat]), 'float', output)
  return graph
}

test.each<[string, OnnxGraph]>([
  ['users in a row', usersGraph(['n'])],
  ['users in a column, as int32', usersGraph(['n', 1], 'int32')],
  ['three users at a time', usersGraph([3])],
  ['outputs that do not say their size', usersGraph(['n'], 'int64', ['n', 'm'])],
])('%s', async (name, graph) => {
  const { found, model, scores } = await scoresBy(written(name, graph))
  expect(scores).toEqual(expectedOf(userRow))
  expect(model.id).toBe('external')
  expect(model.foldIn).toBeUndefined()
  expect(found).toEqual({
    rows: 9,
    leftOut: 2,
    unknownUsers: 1,
    unknownItems: 1,
    users: 3,
    withoutList: 1,
    longest: null,
    ranksStandIn: false,
    takes: 'users',
    withoutScore: 1,
  })
})

/** score(u, i) of a table, by one-hot vectors of users. */
function pairsGraph(layout: 'flat' | 'table' | 'grid', size: number | string = 'n') {
  const graph = createGraph()
  const user = graph.input('user_index', 'int64', [size])
  const item = graph.input('candidate', 'int64', layout === 'table' ? [size, 'm'] : [layout === 'flat' ? size : 'm'])
  const rows = graph.operator('Gather', [weights(graph, users), user])
  const columns = graph.operator('Unsqueeze', [item, graph.wholes(-1)])
  if (layout === 'grid') {
    graph.output('scores', graph.operator('Gather', [rows, item], { axis: 1 }), 'float', [size, 'm'])
    return graph
  }
  const places = layout === 'flat' ? columns : item
  const found = graph.operator('GatherElements', [rows, places], { axis: 1 })
  graph.output('scores', found, 'float', layout === 'flat' ? [size, 1] : [size, 'm'])
  return graph
}

test.each<['flat' | 'table' | 'grid', number | string]>([
  ['flat', 'n'],
  ['flat', 4],
  ['table', 'n'],
  ['table', 2],
  ['grid', 'n'],
  ['grid', 2],
])('pairs of users and items: %s, %s at a time', async (layout, size) => {
  const { found, scores } = await scoresBy(written(`pairs-${layout}-${size}`, pairsGraph(layout, size)))
  expect(scores).toEqual(expectedOf(userRow))
  expect(found.takes).toBe('pairs')
})

test('rows of all items as histories, with ratings, and of histories that it has never seen', async () => {
  const graph = createGraph()
  const [history, ratings] = ['history', 'ratings'].map((name) => graph.input(name, 'float', ['n', items]))
  const sum = graph.operator('Add', [history, graph.operator('Mul', [ratings, graph.number(100)])])
  graph.output('scores', graph.operator('MatMul', [sum, weights(graph)]), 'float', ['n', items])
  const file = written('histories', graph)
  const { found, model, scores } = await scoresBy(file)
  const sumOf = (rows: number[]) =>
    itemRow.map((column) => (column < 0 ? none : rows.reduce((all, row) => all + 101 * scoreOf(row, column), 0)))
  // User 3 has but item-4, which the graph does not know.
  expect(scores).toEqual([sumOf([2, 1]), sumOf([4]), sumOf([4, 3]), itemRow.map(() => none)])
  expect(found).toMatchObject({ takes: 'histories', users: 3, unknownUsers: 0, rows: 5, withoutList: 1 })
  const { tensors } = await read(file)
  const folded = await model.foldIn?.({ tensors, params: {}, compute: {} as Compute }, prepared.test)
  const own = new Float32Array(5)
  await folded?.score(Uint32Array.of(1), own)
  expect([...own]).toEqual(sumOf([3]))
  // Of held-out users it is told what is known of them, not what was trained on.
  const nobody = { ...prepared.train, offsets: new Uint32Array(5), itemIndices: new Uint32Array(0) }
  const held = await knownScorer(
    model,
    { tensors, params: {}, compute: {} as Compute },
    { train: nobody, foldIn: prepared.test },
  )
  await held.score(Uint32Array.of(1), own)
  expect([...own]).toEqual(sumOf([3]))
})

type Sequences = { length: number | string; lengths?: boolean; user?: boolean }

/** After each place the weights of the item there; with `lengths` those of the last place that is told. */
function sequencesGraph({ length, lengths = false, user = false }: Sequences) {
  const graph = createGraph()
  if (user) graph.input('user_id', 'int64', ['n'])
  const seq = graph.input('item_seq', 'int64', ['n', length])
  const after = graph.operator('Gather', [weights(graph), seq])
  if (!lengths) {
    graph.output('logits', after, 'float', ['n', length, items])
    return graph
  }
  const one = graph.constant('one', { type: 'int64', shape: [], data: BigInt64Array.of(1n) })
  const last = graph.operator('Sub', [graph.input('item_length', 'int64', ['n']), one])
  const at = graph.operator('Unsqueeze', [last, graph.wholes(-1)])
  graph.output('logits', graph.operator('GatherND', [after, at], { batch_dims: 1 }), 'float', ['n', items])
  return graph
}

test.each<[string, Sequences]>([
  ['of any length', { length: 'm' }],
  ['of one length, filled up in front', { length: 4 }],
  ['with their lengths, filled up behind', { length: 4, lengths: true }],
  ['with users', { length: 'm', user: true }],
])('items in their order, %s', async (name, shape) => {
  const { found, model, scores } = await scoresBy(
    written(`sequences ${name}`, sequencesGraph(shape)),
    shape.length === 'm' ? {} : { itemIds: filledUp },
  )
  // The last items are item-3, item-1, item-2 and one that the graph does not know.
  expect(scores).toEqual(expectedOf([1, 4, 3, -1]))
  expect(model.id).toBe(shape.user ? 'external' : 'external-histories')
  expect(found.takes).toBe('sequences')
})

/** The sum of the weights of all items that it is given. */
function sumGraph(length: number | string = 'm') {
  const graph = createGraph()
  const rows = graph.operator('Gather', [weights(graph), graph.input('items', 'int64', ['n', length])])
  graph.output('scores', graph.operator('ReduceSum', [rows, graph.wholes(1)], { keepdims: 0 }), 'float', ['n', items])
  return graph
}

test('as much of a history is read as the analyst says, or the graph; and its last session', async () => {
  const whole = await scoresBy(written('all', sumGraph()))
  const two = await scoresBy(written('two', sumGraph(), { history_length: '1' }), { historyLength: 2 })
  const one = await scoresBy(written('one', sumGraph(), { history_length: '1' }))
  const both = itemRow.map((column) => (column < 0 ? none : scoreOf(4, column) + scoreOf(3, column)))
  const first = itemRow.map((column) => (column < 0 ? none : scoreOf(2, column) + scoreOf(1, column)))
  expect(whole.scores.slice(0, 3)).toEqual([first, expectedOf([4])[0], both])
  expect(two.scores).toEqual(whole.scores)
  expect(one.scores).toEqual(expectedOf([1, 4, 3, -1]))
  const hours = Float64Array.from([0, 3 * 3600, 0, 0, 3600, 7200, 0])
  const gapped = written('gapped', sumGraph(), { session_gap: '2' })
  const sessions = await scoresBy(gapped, {}, { ...prepared.train, timestamps: hours })
  expect(sessions.scores.slice(0, 3)).toEqual([expectedOf([1])[0], expectedOf([4])[0], both])
})

test('a graph of one length is told no more than the analyst says, and the rest of it is filled up', async () => {
  const { scores } = await scoresBy(written('fixed', sumGraph(4)), { itemIds: filledUp, historyLength: 1 })
  const last = [1, 4, 3].map((row) =>
    itemRow.map((column) => (column < 0 ? none : scoreOf(row, column) + 3 * scoreOf(0, column))),
  )
  expect(scores.slice(0, 3)).toEqual(last)
})

test('what takes users and histories is told nothing of held-out users, and they are not counted', async () => {
  const held = preparedOf({ train: [[0, 3], [1], [], []], foldIn: [[], [], [1, 2], []], test: [[1], [2], [0], []] }, 5)
  const usersOf = async (shape: Sequences) => {
    const file = written(`held ${shape.user}`, sequencesGraph(shape))
    return (await readElsewhere({ kind: 'scorer', file, ...ids, historyLength: null }, held, context)).found.users
  }
  expect(await usersOf({ length: 'm', user: true })).toBe(2)
  expect(await usersOf({ length: 'm' })).toBe(3)
})

test('what is no finite number is no score', async () => {
  const graph = createGraph()
  const data = table(users)
  data.set([Number.NEGATIVE_INFINITY, Number.NaN, Number.POSITIVE_INFINITY], 2 * items + 1)
  const all = graph.constant('all', { type: 'float', shape: [users, items], data })
  graph.output('scores', graph.operator('Gather', [all, graph.input('user', 'int64', ['n'])]), 'float', ['n', items])
  const { scores } = await scoresBy(written('infinite', graph))
  expect(scores[0]).toEqual([none, scoreOf(2, 4), none, none, none])
})

function twoInputs(first: string, second: string) {
  const graph = createGraph()
  const [one, two] = [first, second].map((name) => graph.input(name, 'int64', ['n']))
  graph.output('scores', graph.operator('Cast', [graph.operator('Add', [one, two])], { to: 1 }), 'float', ['n'])
  return graph
}

function twoOutputs() {
  const graph = usersGraph(['n'])
  const more = graph.operator('Cast', ['user'], { to: 1 })
  graph.output('other', more, 'float', ['n'])
  return graph
}

function nothingFinite() {
  const graph = createGraph()
  const data = new Float32Array(users * items).fill(Number.NaN)
  const all = graph.constant('all', { type: 'float', shape: [users, items], data })
  graph.output('scores', graph.operator('Gather', [all, graph.input('user', 'int64', ['n'])]), 'float', ['n', items])
  return graph
}

function shortRows() {
  const graph = createGraph()
  const short = graph.constant('short', { type: 'float', shape: [2, items], data: table(2) })
  graph.output('scores', graph.operator('Gather', [short, graph.input('user', 'int64', ['n'])]), 'float', ['n', items])
  return graph
}

function narrow() {
  const graph = createGraph()
  const vectors = graph.constant('vectors', { type: 'float', shape: [users, 2], data: new Float32Array(users * 2) })
  graph.output('vector', graph.operator('Gather', [vectors, graph.input('user', 'int64', ['n'])]), 'float', ['n', 'd'])
  return graph
}

test.each<[string, OnnxGraph, string]>([
  [
    'a graph of items alone',
    (() => {
      const graph = createGraph()
      const item = graph.input('item', 'int64', ['n'])
      graph.output('vector', graph.operator('Gather', [weights(graph), item]), 'float', ['n', 3])
      return graph
    })(),
    'is no scorer that can be asked: a scorer takes users, users and items, or histories. It takes item (int64 [n]) and gives vector (float32 [n, 3]).',
  ],
  ['inputs without names that say', twoInputs('a', 'b'), 'not just one of its inputs is named for users'],
  ['two outputs', twoOutputs(), 'none of its outputs is named scores'],
  [
    'fewer scores than items',
    usersGraph(['n'], 'int64', ['n', 3]),
    'its rows are of 3 items, and the ids of items name row 4',
  ],
  [
    'fewer scores than items, found by asking',
    narrow(),
    'cannot be used: it gives 3 x 2 numbers, where 3 x 5 scores are asked for',
  ],
  ['fewer rows than users', shortRows(), 'cannot be used: onnxruntime stopped in it ('],
  ['no finite scores', nothingFinite(), 'gives no finite score'],
  ['no room for short histories', sequencesGraph({ length: 3 }), 'row 0, which would fill up shorter ones, is an item'],
  [
    'no room for short histories, told their lengths',
    sequencesGraph({ length: 3, lengths: true }),
    'row 0, which would fill up shorter ones, is an item',
  ],
  [
    'an item in row 0 that the data does not have',
    sequencesGraph({ length: 3 }),
    'row 0, which would fill up shorter ones, is an item',
  ],
])('%s: refused', async (name, graph, message) => {
  const file = written(name, graph)
  const refused = { ...(name.includes('room') && { itemIds: fileOf('full.json', JSON.stringify(prepared.itemIds)) }) }
  const failed = read(file, refused)
  await expect(failed).rejects.toMatchObject({ code: 'BAD_DATA' })
  await expect(failed).rejects.toThrow(message)
})

test('whose the rows are must be said', async () => {
  const file = written('ids', usersGraph(['n']))
  await expect(read(file, { itemIds: null })).rejects.toThrow('Name a file of the ids of items')
  await expect(read(file, { userIds: null })).rejects.toThrow('Name a file of the ids of users')
  const strangers = fileOf('strangers.json', '["a", "b"]')
  await expect(read(file, { itemIds: strangers })).rejects.toThrow('has no item of this data; it has a, b')
})
