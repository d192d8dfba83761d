import type { Elsewhere } from '../contract/elsewhere'
import { badFile } from '../data/bad-file'
import type { PreparedData } from '../data/prepared'
import { checkFile } from '../data/sniff'
import { external } from '../models/elsewhere/external'
import type { Tensors } from '../models/model'
import { type ArrayFile, openArrays } from './arrays'
import type { Brought } from './brought'
import { idsInOrder, placedIds, readIdMap, type Side, unnamedRows } from './id-map'
import type { ReadContext } from './lines'

/** Rows of a matrix and whose they are. */
interface Matrix {
  ids: readonly string[]
  dimensions: number
  values: Float32Array
  /** 0 for rows that mean nothing. */
  known: (row: number) => boolean
}

interface Placed {
  tensors: Tensors
  known: Uint8Array
  rows: number
  unknown: number
}

/** Reads vectors of users and items as the tensors of `external`: a score is their product. */
export async function readVectors(
  from: Extract<Elsewhere, { kind: 'vectors' }>,
  prepared: PreparedData,
  { signal, report }: ReadContext,
): Promise<Brought> {
  const [ofUsers, ofItems] = await Promise.all([from.users, from.items].map(checkFile))
  const context = { signal, report() {} }
  const users = await matrixOf('user', from.users, from.userIds, context)
  signal.throwIfAborted()
  report(ofUsers / (ofUsers + ofItems))
  const items = await matrixOf('item', from.items, from.itemIds, context)
  report(1)
  if (users.dimensions !== items.dimensions) {
    throw badFile(
      from.items,
      `has vectors of ${items.dimensions} numbers, and those of users have ${users.dimensions}. Choose files of one model.`,
    )
  }
  const placedUsers = place('user', users, prepared.userIds, from.users)
  const placedItems = place('item', items, prepared.itemIds, from.items)
  return {
    model: external,
    tensors: { ...placedUsers.tensors, ...placedItems.tensors },
    has: placedUsers.known,
    found: {
      rows: placedUsers.rows + placedItems.rows,
      leftOut: placedUsers.unknown + placedItems.unknown,
      unknownUsers: placedUsers.unknown,
      unknownItems: placedItems.unknown,
      users: placedUsers.known.reduce((sum, known) => sum + known, 0),
      longest: null,
      ranksStandIn: false,
      withoutScore: placedItems.known.reduce((count, known) => count + (known ? 0 : 1), 0),
    },
  }
}

async function matrixOf(side: Side, path: string, idsPath: string | null, context: ReadContext): Promise<Matrix> {
  const file = await openArrays(path)
  try {
    const name = matrixName(side, file, path)
    const { shape, values } = await file.numbers(name)
    if (shape.length !== 2 || shape[1] === 0)
      throw badFile(path, `${name}: a matrix has two dimensions, and this one ${shape.length}.`)
    const [rows, dimensions] = shape
    const ids =
      idsPath === null ? await ownIds(side, file, path) : idsInOrder(await readIdMap(side, idsPath, context), idsPath)
    if (ids.length !== rows) {
      throw badFile(
        idsPath ?? path,
        `has ${ids.length} ids of ${side}s, and there are ${rows} vectors. Choose the ids of this file.`,
      )
    }
    const wrong = values.findIndex((value) => !Number.isFinite(value))
    if (wrong >= 0)
      throw badFile(
        path,
        `row ${Math.floor(wrong / dimensions) + 1} of ${name || 'it'} holds something that is no number.`,
      )
    const flags = file.names.includes(`${side}_known`) ? (await file.numbers(`${side}_known`)).values : null
    return { ids, dimensions, values, known: (row) => flags === null || flags[row] === 1 }
  } finally {
    await file.close()
  }
}

function matrixName(side: Side, { names }: ArrayFile, path: string): string {
  const usual = [`${side}_factors`, `${side}_embeddings`, `${side}_embedding.weight`, `${side}_vectors`, `${side}s`]
  const found = usual.find((name) => names.includes(name)) ?? (names.length === 1 ? names[0] : undefined)
  if (found !== undefined) return found
  throw badFile(
    path,
    `has no ${side}_factors; it has ${names.slice(0, 10).join(', ') || 'nothing'}. Name the matrix ${side}_factors.`,
  )
}

async function ownIds(side: Side, file: ArrayFile, path: string): Promise<readonly string[]> {
  if (!file.names.includes(`${side}_ids`)) throw unnamedRows(side, path)
  const ids = await file.texts(`${side}_ids`)
  const seen = new Set<string>()
  for (const [row, id] of ids.entries()) {
    if (seen.has(id))
      throw badFile(path, `row ${row + 1}: ${id.slice(0, 100)} has a vector already. An id has one row.`)
    seen.add(id)
  }
  return ids
}

/** Puts rows where the data has their ids. */
function place(
  side: Side,
  { ids: own, dimensions, values, known: isKnown }: Matrix,
  ids: readonly string[],
  path: string,
): Placed {
  const map = { ids: own, rows: own.map((_, row) => row) }
  const { rows, unknown } = placedIds(side, map, ids, path, isKnown)
  const known = Uint8Array.from(rows, (row) => (row >= 0 ? 1 : 0))
  const data = new Float32Array(ids.length * dimensions)
  rows.forEach((row, at) => {
    if (row >= 0) data.set(values.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions)
  })
  return {
    tensors: {
      [`${side}_factors`]: { shape: [ids.length, dimensions], data },
      [`${side}_known`]: { shape: [ids.length], data: known },
    },
    known,
    rows: own.length,
    unknown,
  }
}
