import { expect, test } from 'vitest'
import { createKernels } from './kernels'

test('memory that is taken as soon as there are kernels is known to every thread', { timeout: 600_000 }, async () => {
  const items = 100_000
  for (let round = 0; round < 1500; round++) {
    const kernels = await createKernels(2)
    const until = performance.now() + (round % 60)
    while (performance.now() < until) kernels.float32(32_768)
    const [users, offsets, none, scores] = [8, 2, 1, 8 * items].map((length) => kernels.uint32(length))
    const values = [users, 8, offsets, none, none, offsets, none, none, items, scores, 2]
    await kernels.run('neighbourScoresChunk', 4, values)
    expect(new Float32Array(scores.buffer, scores.byteOffset, scores.length).every(Number.isNaN)).toBe(true)
    await kernels.close()
  }
})
