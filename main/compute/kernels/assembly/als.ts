import { addScaled, dot, scaleAndAdd, setScaled } from './vectors'

/**
 * Conjugate gradient steps, from where `solutions` stand, on (sum y yᵀ + r I) x = sum value y for each row of a chunk;
 * the sums run over the row's entries alone, r = regularization[row]. A row without entries is set to zero. `errors` gets
 * each row's sum of (value - x . y)² before its steps. (steps + 1) x 4 length x entries operations a row.
 */
export function ratingSolveChunk(
  chunk: i32,
  thread: i32,
  solutions: usize,
  others: usize,
  offsets: usize,
  indices: usize,
  values: usize,
  regularization: usize,
  errors: usize,
  rows: i32,
  length: i32,
  steps: i32,
  chunkRows: i32,
  scratch: usize,
): void {
  const rowBytes = <usize>length << 2
  const residual = scratch + <usize>thread * rowBytes * 3
  const direction = residual + rowBytes
  const product = direction + rowBytes
  const end = min((chunk + 1) * chunkRows, rows)
  for (let row = chunk * chunkRows; row < end; row++) {
    const solution = solutions + <usize>row * rowBytes
    const from = <usize>load<u32>(offsets + (<usize>row << 2)) << 2
    const to = <usize>load<u32>(offsets + (<usize>row << 2), 4) << 2
    if (from === to) {
      memory.fill(solution, 0, rowBytes)
      store<f32>(errors + (<usize>row << 2), 0)
      continue
    }
    let squares: f32 = 0
    const weight = load<f32>(regularization + (<usize>row << 2))
    setScaled(residual, -weight, solution, length)
    for (let entry = from; entry < to; entry += 4) {
      const other = others + <usize>load<u32>(indices + entry) * rowBytes
      const error = load<f32>(values + entry) - dot(other, solution, length)
      squares += error * error
      addScaled(residual, error, other, length)
    }
    store<f32>(errors + (<usize>row << 2), squares)
    memory.copy(direction, residual, rowBytes)
    let norm = dot(residual, residual, length)
    for (let step = 0; step < steps && norm > 1e-20; step++) {
      setScaled(product, weight, direction, length)
      for (let entry = from; entry < to; entry += 4) {
        const other = others + <usize>load<u32>(indices + entry) * rowBytes
        addScaled(product, dot(other, direction, length), other, length)
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
