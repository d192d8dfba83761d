import { addScaled, dot, scaleAndAdd, setScaled, sumLanes } from './vectors'

/**
 * Conjugate gradient steps, from where `solutions` stand, on (G + alpha * sum y yᵀ + r I) x = (1 + alpha) * sum y for
 * each row of a chunk; the sums run over the row's entries, r = regularization[row]. A row without entries is set to
 * zero. (steps + 1) * (2 length² + 4 length * entries) operations a row, each on 4 bytes per 2 operations, most of
 * them from the cache.
 *
 * `objectives` gets two values for each row: its part of the objective with the other side fixed, and the part of it
 * that is r |x|². They cost nothing: (1 + alpha) * entries - xb - x(b - Ax) holds where the row starts, and each step
 * takes size * |residual|² off it.
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
  objectives: usize,
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
  const confidence: f32 = 1 + alpha
  const first = chunk * chunkRows
  const end = min(first + chunkRows, rows)
  for (let row = first; row < end; row++) {
    const solution = solutions + <usize>row * rowBytes
    const objective = objectives + (<usize>row << 3)
    const from = indices + (<usize>load<u32>(offsets + (<usize>row << 2)) << 2)
    const to = indices + (<usize>load<u32>(offsets + (<usize>row << 2), 4) << 2)
    if (from === to) {
      memory.fill(solution, 0, rowBytes)
      store<u64>(objective, 0)
      continue
    }
    const weight = load<f32>(regularization + (<usize>row << 2))
    // residual = b - A x, with b's sum and A's taken over the entries together
    multiplyGram(residual, gram, solution, weight, rowBytes)
    setScaled(residual, -1, residual, length)
    const dots = addEntries(residual, solution, others, from, to, confidence, -alpha, rowBytes)
    let value = confidence * (<f32>((to - from) >> 2) - dots) - dot(solution, residual, length)
    memory.copy(direction, residual, rowBytes)
    let norm = dot(residual, residual, length)
    for (let step = 0; step < steps && norm > 1e-20; step++) {
      multiplyGram(product, gram, direction, weight, rowBytes)
      addEntries(product, direction, others, from, to, 0, alpha, rowBytes)
      const size = norm / dot(direction, product, length)
      addScaled(solution, size, direction, length)
      addScaled(residual, -size, product, length)
      value -= size * norm
      const next = dot(residual, residual, length)
      scaleAndAdd(direction, next / norm, residual, length)
      norm = next
    }
    store<f32>(objective, value)
    store<f32>(objective, weight * dot(solution, solution, length), 4)
  }
}

/** target += sum (base + factor * (y . vector)) * y over the entries; answers the sum of the dot products. */
function addEntries(
  target: usize,
  vector: usize,
  others: usize,
  from: usize,
  to: usize,
  base: f32,
  factor: f32,
  rowBytes: usize,
): f32 {
  const length = <i32>(rowBytes >> 2)
  let dots: f32 = 0
  let entry = from
  for (; entry + 16 <= to; entry += 16) {
    const first = others + <usize>load<u32>(entry) * rowBytes
    const second = others + <usize>load<u32>(entry, 4) * rowBytes
    const third = others + <usize>load<u32>(entry, 8) * rowBytes
    const fourth = others + <usize>load<u32>(entry, 12) * rowBytes
    dots += addFour(target, vector, first, second, third, fourth, base, factor, rowBytes)
  }
  for (; entry < to; entry += 4) {
    const other = others + <usize>load<u32>(entry) * rowBytes
    const projection = dot(other, vector, length)
    addScaled(target, base + factor * projection, other, length)
    dots += projection
  }
  return dots
}

/** `addEntries` for four rows y, which share the loads of `vector` and `target`. */
function addFour(
  target: usize,
  vector: usize,
  first: usize,
  second: usize,
  third: usize,
  fourth: usize,
  base: f32,
  factor: f32,
  rowBytes: usize,
): f32 {
  let sum0 = f32x4.splat(0)
  let sum1 = f32x4.splat(0)
  let sum2 = f32x4.splat(0)
  let sum3 = f32x4.splat(0)
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const part = v128.load(vector + at)
    sum0 = f32x4.add(sum0, f32x4.mul(part, v128.load(first + at)))
    sum1 = f32x4.add(sum1, f32x4.mul(part, v128.load(second + at)))
    sum2 = f32x4.add(sum2, f32x4.mul(part, v128.load(third + at)))
    sum3 = f32x4.add(sum3, f32x4.mul(part, v128.load(fourth + at)))
  }
  const dot0 = sumLanes(sum0)
  const dot1 = sumLanes(sum1)
  const dot2 = sumLanes(sum2)
  const dot3 = sumLanes(sum3)
  const scale0 = f32x4.splat(base + factor * dot0)
  const scale1 = f32x4.splat(base + factor * dot1)
  const scale2 = f32x4.splat(base + factor * dot2)
  const scale3 = f32x4.splat(base + factor * dot3)
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const left = f32x4.add(f32x4.mul(scale0, v128.load(first + at)), f32x4.mul(scale1, v128.load(second + at)))
    const right = f32x4.add(f32x4.mul(scale2, v128.load(third + at)), f32x4.mul(scale3, v128.load(fourth + at)))
    v128.store(target + at, f32x4.add(v128.load(target + at), f32x4.add(left, right)))
  }
  return dot0 + dot1 + (dot2 + dot3)
}

/** target = (gram + weight I) * vector for a symmetric gram, as a sum of its rows: 16 columns at a time stay in registers. */
function multiplyGram(target: usize, gram: usize, vector: usize, weight: f32, rowBytes: usize): void {
  const scale = f32x4.splat(weight)
  let column: usize = 0
  for (; column + 64 <= rowBytes; column += 64) {
    let sum0 = f32x4.mul(scale, v128.load(vector + column))
    let sum1 = f32x4.mul(scale, v128.load(vector + column, 16))
    let sum2 = f32x4.mul(scale, v128.load(vector + column, 32))
    let sum3 = f32x4.mul(scale, v128.load(vector + column, 48))
    let row = gram + column
    for (let at: usize = 0; at < rowBytes; at += 4) {
      const value = v128.load32_splat(vector + at)
      sum0 = f32x4.add(sum0, f32x4.mul(value, v128.load(row)))
      sum1 = f32x4.add(sum1, f32x4.mul(value, v128.load(row, 16)))
      sum2 = f32x4.add(sum2, f32x4.mul(value, v128.load(row, 32)))
      sum3 = f32x4.add(sum3, f32x4.mul(value, v128.load(row, 48)))
      row += rowBytes
    }
    v128.store(target + column, sum0)
    v128.store(target + column, sum1, 16)
    v128.store(target + column, sum2, 32)
    v128.store(target + column, sum3, 48)
  }
  for (; column < rowBytes; column += 16) {
    let sum = f32x4.mul(scale, v128.load(vector + column))
    let row = gram + column
    for (let at: usize = 0; at < rowBytes; at += 4) {
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(vector + at), v128.load(row)))
      row += rowBytes
    }
    v128.store(target + column, sum)
  }
}
