import type { GraphArray, OpenGraph } from '../../compute/onnx-graph'
import type { Interactions, Scorer, Tensors } from '../model'
import { type GraphCall, type GraphInput, inputOf } from './graph-call'
import { createHistories, type Histories } from './graph-histories'
import { scorePairs } from './graph-pairs'
import { type AskedGraph, batchesOf, finite, runGraph, shaped, unusable } from './graph-run'

/** Numbers that a graph may give at a time. */
const mostScores = 2 ** 23
const mostRows = 256

export const isGraph = (tensors: Tensors) => 'graph' in tensors

/** The graph and how it is called, as tensors; a row of -1 stands for what the graph does not know. */
export function graphTensors(
  graph: Uint8Array,
  call: GraphCall,
  rows: { items: Int32Array; users: Int32Array | null },
): Tensors {
  const bytes = new TextEncoder().encode(JSON.stringify(call))
  const vector = <T extends Uint8Array | Int32Array>(data: T) => ({ shape: [data.length], data })
  return {
    graph: vector(graph),
    graph_call: vector(bytes),
    item_rows: vector(rows.items),
    ...(rows.users && { user_rows: vector(rows.users) }),
  }
}

export function graphCallOf({ graph_call }: Tensors): GraphCall {
  return JSON.parse(new TextDecoder().decode(graph_call.data as Uint8Array))
}

/**
 * Scores of a graph that another program made. Items and users that it does not know, histories without anything it knows,
 * and what is no finite number have none. Throws BAD_DATA where the graph stops or gives something else than scores.
 */
export async function graphScorer(tensors: Tensors, histories: Interactions, open = openOnnx): Promise<Scorer> {
  const call = graphCallOf(tensors)
  const { graph, close } = await shareGraph(tensors.graph.data as Uint8Array, open).catch((cause) => {
    throw unusable(call, cause.message, cause)
  })
  const itemRows = tensors.item_rows.data as Int32Array
  const userRows = (tensors.user_rows?.data as Int32Array | undefined) ?? null
  const asked = { call, graph, items: histories.items, itemRows, userRows }
  const all = { ...asked, histories: createHistories(histories, call, itemRows) }
  return {
    async score(users, into) {
      into.fill(Number.NaN, 0, users.length * all.items)
      if (call.takes === 'pairs') await scorePairs(all, users, into)
      else await scoreRows(all, users, into)
    },
    close,
  }
}

async function openOnnx(bytes: Uint8Array): Promise<OpenGraph> {
  const { openGraph } = await import('../../compute/onnx-graph')
  return openGraph(bytes)
}

/** Graphs that are open, by their bytes, and how many scorers ask them. */
const openGraphs = new WeakMap<Uint8Array, { graph: Promise<OpenGraph>; scorers: number }>()

/** Opens a graph, or lends the one that is open; it closes with the last scorer that asks it. */
async function shareGraph(bytes: Uint8Array, open: typeof openOnnx): Promise<{ graph: OpenGraph; close(): void }> {
  const shared = openGraphs.get(bytes) ?? { graph: open(bytes), scorers: 0 }
  openGraphs.set(bytes, shared)
  shared.scorers++
  let isOpen = true
  const leave = () => {
    if (isOpen) shared.scorers--
    isOpen = false
    if (shared.scorers === 0 && openGraphs.get(bytes) === shared) openGraphs.delete(bytes)
    return shared.scorers === 0
  }
  const graph = await shared.graph.catch((cause) => {
    leave()
    throw cause
  })
  return {
    graph,
    close() {
      if (isOpen && leave()) graph.close()
    },
  }
}

interface Asked extends AskedGraph {
  histories: Histories
}

/** Each of those who can be scored gives a row of the graph's inputs, and has a row of scores. */
async function scoreRows(asked: Asked, users: Uint32Array, into: Float32Array): Promise<void> {
  const { call, itemRows, items } = asked
  const columns = itemRows.reduce((most, row) => Math.max(most, row), 0) + 1
  for (const [length, group] of groupsOf(asked, users)) {
    const room = Math.max(1, Math.min(mostRows, Math.floor(mostScores / (columns * (call.perPlace ? length : 1)))))
    for (const batch of batchesOf(group, call.inputs[0].shape[0], room)) {
      const inputs = Object.fromEntries(
        call.inputs.map((input) => [
          input.name,
          inputArray(
            asked,
            input,
            batch.rows.map((at) => users[at]),
          ),
        ]),
      )
      const scores = await runGraph(asked, inputs)
      const { width, from } = rowsOfScores(asked, scores, batch.rows.length, columns)
      for (let row = 0; row < batch.count; row++) {
        const start = from(row, users[batch.rows[row]])
        const target = batch.rows[row] * items
        for (let item = 0; item < items; item++) {
          const at = itemRows[item]
          if (at >= 0 && at < width) into[target + item] = finite(scores.data[start + at])
        }
      }
    }
  }
}

/** Places of users who can be scored, of those whose rows are of one length together. */
function groupsOf({ call, userRows, histories }: Asked, users: Uint32Array): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  users.forEach((user, at) => {
    if (inputOf(call, 'user') && !((userRows?.[user] ?? -1) >= 0)) return
    if (!histories.has(user)) return
    const key = inputOf(call, 'items') ? histories.paddedLength(histories.lengthOf(user)) : 1
    const group = groups.get(key)
    if (group) group.push(at)
    else groups.set(key, [at])
  })
  return groups
}

function inputArray({ userRows, histories, call }: Asked, input: GraphInput, users: readonly number[]): GraphArray {
  switch (input.role) {
    case 'user':
      return shaped(
        input,
        [users.length],
        users.map((user) => userRows?.[user] ?? 0),
      )
    case 'history':
      return { data: histories.presence(users), shape: [users.length, histories.width] }
    case 'ratings':
      return { data: histories.ratings(users), shape: [users.length, histories.width] }
    case 'length':
      return shaped(input, [users.length], users.map(histories.lengthOf))
    case 'items': {
      const length = histories.paddedLength(histories.lengthOf(users[0]))
      const rows = users.flatMap((user) => histories.sequence(user, length, inputOf(call, 'length') !== undefined))
      return shaped(input, [users.length, length], rows)
    }
    case 'item':
      throw new Error('pairs have inputs of their own')
  }
}

/** Where each row's scores begin: of [rows, items], or of [rows, places, items], where those of its last place hold. */
function rowsOfScores({ call, histories }: Asked, { shape }: GraphArray, rows: number, columns: number) {
  const width = shape.at(-1) ?? 0
  const places = shape.length === 3 ? shape[1] : 1
  const fits = shape.length === 1 ? rows === 1 : (shape.length === 2 || shape.length === 3) && shape[0] === rows
  if (!fits || width < columns || (places > 1 && call.takes !== 'sequences')) {
    throw unusable(call, `it gives ${shape.join(' x ')} numbers, where ${rows} x ${columns} scores are asked for`)
  }
  const isAtEnd = inputOf(call, 'length') === undefined
  const from = (row: number, user: number) => {
    const place = places === 1 ? 0 : isAtEnd ? places - 1 : histories.lengthOf(user) - 1
    return (row * places + place) * width
  }
  return { width, from }
}
