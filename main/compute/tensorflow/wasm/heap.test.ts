import { expect, test } from 'vitest'
import { openTensorflow } from '../tensorflow'
import type { WasmBackend } from './heap'

const outOfMemory =
  'The processor ran out of memory: Its WebAssembly memory ends at 4 GiB. Choose a smaller batch or smaller vectors, or another device.'

// Nothing of this size is ever allocated: the heap ends before.
test.each([
  ['more than is left', 2 ** 30 - 2 ** 12],
  ['all that a pointer can say', 2 ** 30],
  ['more than a pointer can say', 2 ** 30 + 1],
])('a heap that cannot grow says so, and stays as it was: %s', async (_, numbers) => {
  const { tf } = await openTensorflow()
  const backend = tf.backend() as unknown as WasmBackend
  const kept = tf.tensor1d([1, 2, 3])
  expect(() => backend.makeOutput([numbers], 'float32')).toThrow(outOfMemory)
  const next = tf.tensor1d([7, 8])
  expect([...(await kept.data()), ...(await next.data())]).toEqual([1, 2, 3, 7, 8])
  tf.dispose([kept, next])
})

test('nothing is no failure', async () => {
  const { tf } = await openTensorflow()
  const empty = tf.zeros([0, 3])
  expect([...(await empty.data())]).toEqual([])
  empty.dispose()
})
