import { afterEach, expect, test } from 'vitest'
import { createCompute } from '../create'
import type { Kernels } from './kernels'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const compute of opened.splice(0)) await compute.close()
})

async function open(threads = 2): Promise<Kernels> {
  const compute = await createCompute({ threads })
  opened.push(compute)
  return compute.kernels
}

/** Sum of v vᵀ over all rows by the kernel, in chunks of two rows. */
async function gramOf(kernels: Kernels, rows: number[][], signal?: AbortSignal): Promise<number[]> {
  const length = rows[0].length
  const chunks = Math.ceil(rows.length / 2)
  const partials = kernels.float32(chunks * length * length)
  const vectors = kernels.share(Float32Array.from(rows.flat()))
  await kernels.run('gramChunk', chunks, [vectors, rows.length, length, partials, 2], signal)
  return Array.from({ length: length * length }, (_, at) =>
    partials.reduce((sum, value, index) => (index % (length * length) === at ? sum + value : sum), 0),
  )
}

/** A task of very many empty chunks: it lasts minutes unless it is ended. */
const runLong = (kernels: Kernels, signal?: AbortSignal) =>
  kernels.run('gramChunk', 2 ** 31 - 1, [0, 0, 4, 0, 0], signal)

const rows = [
  [1, 2, 3, 4],
  [0, 1, 0, 2],
  [5, 0, 1, 0],
]

test('a kernel computes in chunks, at any number of threads', async () => {
  const products = [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].map((j) => rows.reduce((sum, v) => sum + v[i] * v[j], 0)))
  for (const threads of [1, 2, 5]) expect(await gramOf(await open(threads), rows)).toEqual(products)
})

test('arrays are zero when made, also where others were before', async () => {
  const kernels = await open()
  const release = kernels.hold()
  kernels.float32(1000).fill(7)
  release()
  expect(kernels.uint32(1000).every((value) => value === 0)).toBe(true)
})

test('arrays stay in place while the memory grows', async () => {
  const kernels = await open()
  const early = kernels.float32(4).fill(3)
  const late = kernels.float32(40_000_000)
  late[late.length - 1] = 1
  expect([...early]).toEqual([3, 3, 3, 3])
  expect(await gramOf(kernels, rows)).toHaveLength(16)
})

test('what cannot be allocated is told in bytes, and what was before still works', async () => {
  const kernels = await open()
  expect(() => kernels.float32(2 ** 30)).toThrow(
    expect.objectContaining({ code: 'OUT_OF_MEMORY', data: { bytes: 2 ** 32 } }),
  )
  expect(await gramOf(kernels, rows)).toHaveLength(16)
})

test('holders may end in any order; nothing is given back that a later one holds', async () => {
  const kernels = await open()
  const first = kernels.hold()
  const start = kernels.float32(4).byteOffset
  const second = kernels.hold()
  const held = kernels.float32(4).fill(9)
  first()
  first()
  kernels.float32(4).fill(1)
  expect([...held]).toEqual([9, 9, 9, 9])
  second()
  expect(kernels.float32(4).byteOffset).toBe(start)
})

test('a run that is aborted rejects with the reason, and the next one works', async () => {
  const kernels = await open()
  const controller = new AbortController()
  const reason = new Error('no longer wanted')
  const running = runLong(kernels, controller.signal)
  controller.abort(reason)
  await expect(running).rejects.toBe(reason)
  await expect(gramOf(kernels, rows, controller.signal)).rejects.toBe(reason)
  expect(await gramOf(kernels, rows)).toHaveLength(16)
})

test('a kernel that fails rejects the run, and the next one works', async () => {
  const kernels = await open()
  const beyond = 2 ** 32 - 16
  await expect(kernels.run('gramChunk', 4, [beyond, 8, 4, beyond, 2])).rejects.toThrow(/kernel failed.*out of bounds/)
  expect(await gramOf(kernels, rows)).toHaveLength(16)
})

test('a second task at the same time is refused', async () => {
  const kernels = await open()
  const running = gramOf(kernels, rows)
  await expect(gramOf(kernels, rows)).rejects.toThrow(/one task at a time/)
  expect(await running).toHaveLength(16)
})

test('a run ends when its threads do', async () => {
  const kernels = await open()
  const running = runLong(kernels)
  running.catch(() => {})
  await kernels.close()
  await expect(running).rejects.toThrow(/thread ended/)
})
