import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { createCompute } from '../compute/create'
import { preparedOf } from '../data/testing/interactions'
import { judge } from '../evaluation/testing/judge'
import { writeSafetensors } from '../files/safetensors'
import { external } from '../models/elsewhere/external'
import { readElsewhere } from './elsewhere'

const folder = mkdtempSync(join(tmpdir(), 'topn-vectors-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const context = { signal: new AbortController().signal, report() {} }
/** Everyone has item 0; user 0 is tested with item 1, user 1 with items 2 and 3, user 2 with item 1. */
const prepared = preparedOf({ train: [[0], [0], [0]], test: [[1], [2, 3], [1]] }, 5)

/** An array as numpy.save writes it: version 1.0, padded to 64 bytes. */
function npy(descr: string, shape: string, data: Uint8Array, order = 'False'): Buffer {
  const text = `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`
  const length = 128 - 10
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length, 0])
  return Buffer.concat([start, Buffer.from(`${text.padEnd(length - 1)}\n`), data])
}

/** An archive as numpy.savez writes it: sizes of the local header in its zip64 field. */
function npz(entries: Record<string, Buffer>, isPacked = false): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(entries)) {
    const body = isPacked ? deflateRawSync(content) : content
    const file = Buffer.from(`${name}.npy`)
    const local = Buffer.alloc(30 + file.length + 20)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(isPacked ? 8 : 0, 8)
    local.writeUInt32LE(crc32(content), 14)
    local.writeUInt32LE(0xffffffff, 18)
    local.writeUInt32LE(0xffffffff, 22)
    local.writeUInt16LE(file.length, 26)
    local.writeUInt16LE(20, 28)
    file.copy(local, 30)
    const own = Buffer.alloc(46 + file.length)
    own.writeUInt32LE(0x02014b50, 0)
    own.writeUInt16LE(isPacked ? 8 : 0, 10)
    own.writeUInt32LE(crc32(content), 16)
    own.writeUInt32LE(body.length, 20)
    own.writeUInt32LE(content.length, 24)
    own.writeUInt16LE(file.length, 28)
    own.writeUInt32LE(offset, 42)
    file.copy(own, 46)
    parts.push(local, body)
    directory.push(own)
    offset += local.length + body.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, listed, end])
}

const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer)
const doubles = (...values: number[]) => new Uint8Array(Float64Array.from(values).buffer)
const texts = (width: number, ...ids: string[]) =>
  new Uint8Array(
    Uint32Array.from(ids.flatMap((id) => Array.from({ length: width }, (_, at) => id.codePointAt(at) ?? 0))).buffer,
  )

/** User 0 likes items 2 and then 1, user 1 items 3, 4, 2; user 2 has no vector, and nobody here is user 9. */
const userRows = [1, 0, 0, 1, 5, 5]
const itemRows = [9, 9, 1, 0, 3, 0.3, -1, 0.5, -1, 0.4, 7, 7]
const userIds = ['user-0', 'user-1', 'user-9']
const itemIds = ['item-0', 'item-1', 'item-2', 'item-3', 'item-4', 'item-9']
const matrices = {
  user_factors: npy("'<f4'", '(3, 2)', floats(...userRows)),
  item_factors: npy("'<f4'", '(6, 2)', floats(...itemRows)),
}
const ids = {
  user_ids: npy("'<U6'", '(3,)', texts(6, ...userIds)),
  item_ids: npy("'<U6'", '(6,)', texts(6, ...itemIds)),
}

function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

interface Files {
  users: string
  items: string
  userIds: string | null
  itemIds: string | null
}
const inOne = (path: string): Files => ({ users: path, items: path, userIds: null, itemIds: null })
const read = (files: Files) => readElsewhere({ kind: 'vectors', ...files }, prepared, context)

async function judged(files: Files) {
  const { tensors, found } = await read(files)
  const compute = await createCompute({ threads: 1 })
  try {
    const scorer = await external.score?.({ tensors, params: {}, compute }, prepared.train)
    const asked = { cutoffs: [3], metrics: ['ndcg', 'recall'] as ('ndcg' | 'recall')[] }
    const result = await judge(prepared, [], asked, { coldItems: true, ...(scorer && { scorer }) })
    scorer?.close()
    return { found, ...result }
  } finally {
    await compute.close()
  }
}

test('vectors in an .npz are scored by their product, as by hand', async () => {
  const { metrics, lists, found } = await judged(inOne(fileOf('model.npz', npz({ ...matrices, ...ids }))))
  expect([...lists.items.subarray(0, 6)]).toEqual([2, 1, 3, 3, 4, 2])
  expect([...lists.scores.subarray(0, 6)]).toEqual([3, 1, -1, 0.5, Math.fround(0.4), Math.fround(0.3)])
  // User 0: a hit at 2. User 1: hits at 1 and 3 of two. User 2 has no vector.
  expect(metrics['ndcg@3']).toBeCloseTo((1 / Math.log2(3) + (1 + 1 / 2) / (1 + 1 / Math.log2(3))) / 3, 12)
  expect(metrics['recall@3']).toBeCloseTo(2 / 3, 12)
  expect(found).toEqual({
    rows: 9,
    leftOut: 2,
    unknownUsers: 1,
    unknownItems: 1,
    users: 2,
    withoutList: 1,
    withoutScore: 0,
    longest: null,
    ranksStandIn: false,
  })
})

test('every way to write them gives the same lists', async () => {
  const expected = await judged(inOne(fileOf('model.npz', npz({ ...matrices, ...ids }))))
  const lines = {
    userIds: fileOf('users.txt', `${userIds.join('\n')}\n`),
    itemIds: fileOf('items.json', JSON.stringify(itemIds)),
  }
  const turned = [0, 1].flatMap((column) => userRows.filter((_, at) => at % 2 === column))
  const tensors = join(folder, 'model.safetensors')
  await writeSafetensors(tensors, {
    user_factors: { shape: [3, 2], data: Float32Array.from(userRows) },
    item_factors: { shape: [6, 2], data: Float32Array.from(itemRows) },
  })
  const ways: Files[] = [
    inOne(fileOf('packed.npz', npz({ ...matrices, ...ids }, true))),
    {
      users: fileOf('users.npy', npy("'<f4'", '(3, 2)', floats(...turned), 'True')),
      items: fileOf('items.npy', npy("'<f8'", '(6, 2)', doubles(...itemRows))),
      ...lines,
    },
    { ...inOne(tensors), ...lines },
  ]
  for (const way of ways) {
    const { metrics, lists } = await judged(way)
    expect(lists.items).toEqual(expected.lists.items)
    expect(metrics).toEqual(expected.metrics)
  }
})

test('what another array of the archive holds is never looked at', async () => {
  const pickle = npy("'|O'", '()', Buffer.from('cos\nsystem\n(S"exit 1"\ntR.'))
  expect((await read(inOne(fileOf('more.npz', npz({ ...matrices, ...ids, random_state: pickle }))))).found.rows).toBe(9)
})

const object = npy("'|O'", '(3, 2)', Buffer.from('cos\nsystem\n(S"exit 1"\ntR.'))
const strange = (change: Record<string, Buffer>) => npz({ ...matrices, ...ids, ...change })
const cut = strange({}).subarray(0, -30)
const altered = strange({})
altered[200] ^= 1

test.each([
  ['Python objects', strange({ user_factors: object }), 'it holds Python objects, which would run code'],
  ['ids that are Python objects', strange({ user_ids: object }), 'it holds Python objects'],
  ['a structure with objects', strange({ user_factors: npy("[('a', '|O')]", '(3,)', floats(1)) }), 'Python objects'],
  ['a pickle', Buffer.from('\x80\x04\x95cos\nsystem', 'latin1'), 'is a pickle, which would run code'],
  [
    'a header that is an expression',
    strange({ user_factors: npy("__import__('os')", '(3, 2)', floats(...userRows)) }),
    'its header is not as NumPy writes it',
  ],
  [
    'fewer numbers than the header says',
    strange({ user_factors: npy("'<f4'", '(3, 2)', floats(1)) }),
    'its size is another than its header says',
  ],
  [
    'another length of vectors',
    strange({ item_factors: npy("'<f4'", '(6, 1)', floats(1, 2, 3, 4, 5, 6)) }),
    'has vectors of 1 numbers, and those of users have 2',
  ],
  [
    'fewer ids than vectors',
    strange({ user_ids: npy("'<U6'", '(2,)', texts(6, 'user-0', 'user-1')) }),
    'has 2 ids of users, and there are 3 vectors',
  ],
  [
    'an id twice',
    strange({ user_ids: npy("'<U6'", '(3,)', texts(6, 'user-0', 'user-1', 'user-0')) }),
    'row 3: user-0 has a vector already',
  ],
  [
    'nobody of this data',
    strange({ user_ids: npy("'<U6'", '(3,)', texts(6, 'a', 'b', 'c')) }),
    'has no user of this data; it has a, b, c',
  ],
  [
    'what is no number',
    strange({ item_factors: npy("'<f4'", '(6, 2)', floats(...itemRows.slice(0, 11), Number.NaN)) }),
    'row 6 of item_factors holds something that is no number',
  ],
  [
    'numbers in the other order of bytes',
    strange({ user_factors: npy("'>f4'", '(3, 2)', floats(...userRows)) }),
    'its type >f4 is not read',
  ],
  ['no ids', npz(matrices), 'does not say whose its rows are'],
  ['no matrix of items', npz({ user_factors: matrices.user_factors, ...ids }), 'has no item_factors'],
  ['an archive that is cut off', cut, 'is damaged or no zip archive'],
  ['a changed byte', altered, 'is not what was written'],
])('%s: refused', async (name, content, message) => {
  const path = fileOf(`${name.replaceAll(' ', '-')}.bin`, content)
  const failed = read(inOne(path))
  await expect(failed).rejects.toMatchObject({ code: 'BAD_DATA' })
  await expect(failed).rejects.toThrow(message)
  await expect(failed).rejects.toThrow(path)
})

test('what would unpack to more than the directory says is refused', async () => {
  const archive = npz({ user_factors: npy("'<f4'", '(1000, 1000)', Buffer.alloc(4e6)), ...ids }, true)
  // The size of the first entry, in the directory.
  const at = archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  archive.writeUInt32LE(1000, at + 24)
  await expect(read(inOne(fileOf('bomb.npz', archive)))).rejects.toThrow('cannot be unpacked')
})
