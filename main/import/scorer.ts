import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Elsewhere } from '../contract/elsewhere'
import { badFile } from '../data/bad-file'
import type { PreparedData } from '../data/prepared'
import { checkFile } from '../data/sniff'
import { external, externalHistories } from '../models/elsewhere/external'
import { type GraphCall, inputOf } from '../models/elsewhere/graph-call'
import { graphScorer, graphTensors } from '../models/elsewhere/graph-scorer'
import type { Interactions, Tensors } from '../models/model'
import type { Brought } from './brought'
import { type IdMap, type PlacedIds, placedIds, readIdMap, type Side, unnamedRows } from './id-map'
import type { ReadContext } from './lines'
import { callOf, type KnownRows } from './onnx/call-of'
import { readGraphHeader } from './onnx/read-model'

const mostBytes = 2 ** 30

/** Reads a graph of ONNX that scores, and asks it for a few users' scores, so that what does not fit is said at once. */
export async function readScorer(
  from: Extract<Elsewhere, { kind: 'scorer' }>,
  prepared: PreparedData,
  context: ReadContext,
): Promise<Brought> {
  const { signal, report } = context
  if ((await checkFile(from.file)) > mostBytes) throw badFile(from.file, 'is larger than 1 GiB. Save a smaller graph.')
  const bytes = new Uint8Array(await readFile(from.file))
  const header = readGraphHeader(from.file, bytes)
  report(0.3)
  const items = await readPlaces('item', from, prepared.itemIds, context)
  const call = { file: basename(from.file), ...callOf(from.file, header, knownRows(items), from.historyLength) }
  const takesUsers = inputOf(call, 'user') !== undefined
  const users = takesUsers ? await readPlaces('user', from, prepared.userIds, context) : null
  report(0.6)
  signal.throwIfAborted()
  const tensors = graphTensors(bytes, call, { items: items.rows, users: users?.rows ?? null })
  const has = whoHas(call, items.rows, users?.rows ?? null, prepared)
  await probe(tensors, call, has, prepared)
  report(1)
  // What asks for users scores no history but their own.
  return { model: takesUsers ? external : externalHistories, tensors, has, found: foundOf(call, has, items, users) }
}

interface Places extends PlacedIds {
  map: IdMap
}

async function readPlaces(
  side: Side,
  from: Extract<Elsewhere, { kind: 'scorer' }>,
  ids: readonly string[],
  context: ReadContext,
): Promise<Places> {
  const path = side === 'item' ? from.itemIds : from.userIds
  if (path === null) throw unnamedRows(side, from.file)
  const map = await readIdMap(side, path, { ...context, report() {} })
  return { map, ...placedIds(side, map, ids, path) }
}

/** Ids of a row that fills up short histories. */
const fillers = new Set(['[PAD]', '<pad>', '0', ''])

function knownRows({ map, rows }: Places): KnownRows {
  const first = map.rows.indexOf(0)
  const hasFirst = rows.includes(0)
  return {
    largest: map.rows.reduce((most, row) => Math.max(most, row), 0),
    hasFirst,
    namesFirst: hasFirst || (first >= 0 && !fillers.has(map.ids[first])),
  }
}

function foundOf({ takes }: GraphCall, has: Uint8Array, items: Places, users: Places | null): Brought['found'] {
  return {
    rows: items.map.ids.length + (users?.map.ids.length ?? 0),
    leftOut: items.unknown + (users?.unknown ?? 0),
    unknownUsers: users?.unknown ?? 0,
    unknownItems: items.unknown,
    users: has.reduce((sum, flag) => sum + flag, 0),
    longest: null,
    ranksStandIn: false,
    takes,
    withoutScore: items.rows.reduce((count, row) => count + (row < 0 ? 1 : 0), 0),
  }
}

/**
 * Users that the graph can be asked for: it knows them, and where it scores histories, something of theirs. What takes users
 * is told of their training part alone, anything else of the known part of held-out users too.
 */
function whoHas(
  call: GraphCall,
  itemRows: Int32Array,
  userRows: Int32Array | null,
  { train, foldIn }: PreparedData,
): Uint8Array {
  const asksHistory = call.takes === 'histories' || call.takes === 'sequences'
  const knows = (part: Interactions | null, user: number) =>
    part?.itemIndices.subarray(part.offsets[user], part.offsets[user + 1]).some((item) => itemRows[item] >= 0)
  return Uint8Array.from({ length: train.users }, (_, user) => {
    if (userRows !== null) return userRows[user] >= 0 && (!asksHistory || knows(train, user)) ? 1 : 0
    return !asksHistory || knows(train, user) || knows(foldIn, user) ? 1 : 0
  })
}

const probed = 3

async function probe(
  tensors: Tensors,
  { file }: GraphCall,
  has: Uint8Array,
  { train, foldIn }: PreparedData,
): Promise<void> {
  const users = [...has.keys()].filter(
    (user) => has[user] && (train.offsets[user + 1] > train.offsets[user] || !foldIn),
  )
  if (users.length === 0) return
  const some = Uint32Array.from(new Set([users[0], users[users.length >> 1], users[users.length - 1]].slice(0, probed)))
  const scorer = await graphScorer(tensors, train)
  try {
    const scores = new Float32Array(some.length * train.items)
    await scorer.score(some, scores)
    if (scores.every(Number.isNaN)) throw badFile(file, 'gives no finite score. Look at how it was exported.')
  } finally {
    scorer.close()
  }
}
