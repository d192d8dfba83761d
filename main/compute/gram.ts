import type { Kernels } from './kernels/kernels'

/** The number of partial sums depends on the rows alone, so that the result is the same at any number of threads. */
export function gramChunks(rows: number): number {
  return Math.max(1, Math.min(64, Math.ceil(rows / 512)))
}

/** Fills `gram` with V'V for `rows` vectors of `length` floats (a multiple of 4); all of them in shared memory. */
export async function fillGram(
  kernels: Kernels,
  gram: Float32Array,
  vectors: Float32Array,
  rows: number,
  length: number,
  signal?: AbortSignal,
): Promise<void> {
  await kernels.scoped(async () => {
    const chunks = gramChunks(rows)
    const partials = kernels.float32(chunks * length * length)
    await kernels.run('gramChunk', chunks, [vectors, rows, length, partials, Math.ceil(rows / chunks)], signal)
    gram.fill(0)
    for (let start = 0; start < partials.length; start += gram.length) {
      for (let at = 0; at < gram.length; at++) gram[at] += partials[start + at]
    }
    for (let row = 1; row < length; row++) {
      for (let column = 0; column < row; column++) gram[row * length + column] = gram[column * length + row]
    }
  })
}
