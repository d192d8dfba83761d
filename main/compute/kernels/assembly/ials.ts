import { addScaled, dot, scaleAndAdd, setScaled } from './vectors'

/**
 * Sum of v vᵀ over one chunk of rows, upper triangle by blocks of four columns, added to `partials[chunk]` (zeroed,
 * length x length). 2 * rows * length² / 2 operations.
 */
export function gramChunk(
  chunk: i32,
  _thread: i32,
  vectors: usize,
  rows: i32,
  length: i32,
  partials: usize,
  chunkRows: i32,
): void {
  const rowBytes = <usize>length << 2
  const partial = partials + <usize>chunk * rowBytes * <usize>length
  const first = chunk * chunkRows
  const end = min(first + chunkRows, rows)
  for (let row = first; row < end; row++) {
    const vector = vectors + <usize>row * rowBytes
    for (let i = 0; i < length; i++) {
      const from = i & ~3
      const target = partial + <usize>i * rowBytes + (<usize>from << 2)
      addScaled(target, load<f32>(vector + (<usize>i << 2)), vector + (<usize>from << 2), length - from)
    }
  }
}

/**
 * Conjugate gradient steps, from where `solutions` stand, on (G + alpha * sum y yᵀ + r I) x = (1 + alpha) * sum y for
 * each row of a chunk; the sums run over the row's entries, r = regularization[row]. (steps + 1) * (2 length² + 4
 * length * entries) operations a row. A row without entries is set to zero.
 */
export function solveChunk(
  chunk: i32,
  thread: i32,
  solutions: usize,
  others: usize,
  gram: usize,
  offsets: usize,
  indices: usize,
  regularization: usize,
  rows: i32,
  length: i32,
  alpha: f32,
  steps: i32,
  chunkRows: i32,
  scratch: usize,
): void {
  const rowBytes = <usize>length << 2
  const residual = scratch + <usize>thread * rowBytes * 3
  const direction = residual + rowBytes
  const product = direction + rowBytes
  const first = chunk * chunkRows
  const end = min(first + chunkRows, rows)
  for (let row = first; row < end; row++) {
    const solution = solutions + <usize>row * rowBytes
    const from = load<u32>(offsets + (<usize>row << 2))
    const to = load<u32>(offsets + (<usize>(row + 1) << 2))
    if (from === to) {
      memory.fill(solution, 0, rowBytes)
      continue
    }
    const weight = load<f32>(regularization + (<usize>row << 2))
    // residual = b - A x, with b's sum and A's taken over the entries together
    multiply(residual, gram, solution, weight, length)
    setScaled(residual, -1, residual, length)
    for (let entry = from; entry < to; entry++) {
      const other = others + <usize>load<u32>(indices + (<usize>entry << 2)) * rowBytes
      addScaled(residual, 1 + alpha - alpha * dot(other, solution, length), other, length)
    }
    memory.copy(direction, residual, rowBytes)
    let norm = dot(residual, residual, length)
    for (let step = 0; step < steps && norm > 1e-20; step++) {
      multiply(product, gram, direction, weight, length)
      for (let entry = from; entry < to; entry++) {
        const other = others + <usize>load<u32>(indices + (<usize>entry << 2)) * rowBytes
        addScaled(product, alpha * dot(other, direction, length), other, length)
      }
      const size = norm / dot(direction, product, length)
      addScaled(solution, size, direction, length)
      addScaled(residual, -size, product, length)
      const next = dot(residual, residual, length)
      scaleAndAdd(direction, next / norm, residual, length)
      norm = next
    }
  }
}

/** target = gram * vector + weight * vector */
function multiply(target: usize, gram: usize, vector: usize, weight: f32, length: i32): void {
  setScaled(target, weight, vector, length)
  for (let i = 0; i < length; i++) {
    addScaled(target, load<f32>(vector + (<usize>i << 2)), gram + (<usize>(i * length) << 2), length)
  }
}
