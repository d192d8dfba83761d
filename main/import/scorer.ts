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
import { createIdFinder } from './id-finder'
import { type IdMap, readIdMap, type Side } from './id-map'
import type { ReadContext } from './lines'
import { callOf } from './onnx/call-of'
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
  const itemIds = await readIds('item', from.file, from.itemIds, context)
  const items = placed('item', itemIds, prepared.itemIds, from.itemIds ?? '')
  const rows = {
    largest: itemIds.rows.reduce((most, row) => Math.max(most, row), 0),
    hasFirst: items.rows.includes(0),
  }
  const call = { file: basename(from.file), ...callOf(from.file, header, rows, from.historyLength) }
  const takesUsers = inputOf(call, 'user') !== undefined
  const userIds = takesUsers ? await readIds('user', from.file, from.userIds, context) : null
  const users = userIds && placed('user', userIds, prepared.userIds, from.userIds ?? '')
  report(0.6)
  signal.throwIfAborted()
  const tensors = graphTensors(bytes, call, { items: items.rows, users: users?.rows ?? null })
  const has = whoHas(call, items.rows, users?.rows ?? null, prepared)
  await probe(tensors, call, has, prepared)
  report(1)
  return {
    // What asks for users scores no history but their own.
    model: takesUsers ? external : externalHistories,
    tensors,
    has,
    found: {
      rows: itemIds.ids.length + (userIds?.ids.length ?? 0),
      leftOut: items.unknown + (users?.unknown ?? 0),
      unknownUsers: users?.unknown ?? 0,
      unknownItems: items.unknown,
      users: has.reduce((sum, flag) => sum + flag, 0),
      longest: null,
      ranksStandIn: false,
      takes: call.takes,
      withoutScore: items.rows.reduce((count, row) => count + (row < 0 ? 1 : 0), 0),
    },
  }
}

async function readIds(side: Side, file: string, path: string | null, context: ReadContext): Promise<IdMap> {
  if (path !== null) return readIdMap(side, path, { ...context, report() {} })
  throw badFile(
    file,
    `does not say whose its rows are. Name a file of the ids of ${side}s, one on each line or a JSON list.`,
  )
}

/** The row of each id of the data; -1 where there is none. */
function placed(side: Side, map: IdMap, ids: readonly string[], path: string) {
  const finder = createIdFinder(ids)
  const rows = new Int32Array(ids.length).fill(-1)
  map.ids.forEach((id, at) => {
    const place = finder.find(id)
    if (place !== undefined) rows[place] = map.rows[at]
  })
  if (rows.some((row) => row >= 0)) return { rows, unknown: finder.unknown() }
  const examples =
    finder
      .examples()
      .map((id) => id.slice(0, 50))
      .join(', ') || 'none'
  throw badFile(path, `has no ${side} of this data; it has ${examples}. Choose the data that it was made from.`)
}

/** Users that the graph can be asked for: it knows them, and where it scores histories, something of theirs. */
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
    const isKnown = userRows === null || userRows[user] >= 0
    return isKnown && (!asksHistory || knows(train, user) || knows(foldIn, user)) ? 1 : 0
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
