import { addFourScaled, addScaled } from './vectors'

// Symmetric matrices of items x items, row-major, `stride` floats a row (a multiple of 8).

/** Rows and columns that are swept at a time. */
const block: i32 = 64

/**
 * Rows of X'X for a chunk of columns of X, from X by column in (offsets, rows, values) and by row in (rowOffsets,
 * columns, rowValues), added to `matrix`. One multiply-add for each pair of entries of a row.
 */
export function coOccurrenceChunk(
  chunk: i32,
  _thread: i32,
  offsets: usize,
  rows: usize,
  values: usize,
  rowOffsets: usize,
  columns: usize,
  rowValues: usize,
  size: i32,
  stride: i32,
  matrix: usize,
  chunkColumns: i32,
): void {
  const end = min((chunk + 1) * chunkColumns, size)
  for (let column = chunk * chunkColumns; column < end; column++) {
    const target = matrix + ((<usize>column * <usize>stride) << 2)
    const last = <usize>load<u32>(offsets + (<usize>column << 2), 4) << 2
    for (let entry = <usize>load<u32>(offsets + (<usize>column << 2)) << 2; entry < last; entry += 4) {
      const value = load<f32>(values + entry)
      const row = rowOffsets + (<usize>load<u32>(rows + entry) << 2)
      const stop = <usize>load<u32>(row, 4) << 2
      for (let at = <usize>load<u32>(row) << 2; at < stop; at += 4) {
        const place = target + (<usize>load<u32>(columns + at) << 2)
        store<f32>(place, load<f32>(place) + value * load<f32>(rowValues + at))
      }
    }
  }
}

/**
 * First half of sweeping the symmetric `matrix` (lower triangle) on the rows from `first`, `width` of them: with W the
 * matrix's columns there, without those rows, and D the inverse of the block on the diagonal, V = W D takes W's place
 * in the matrix. W goes to `panels` as [8 rows][width], V to `products` row by row, both `block` wide.
 */
export function sweepPanelsChunk(
  chunk: i32,
  _thread: i32,
  matrix: usize,
  stride: i32,
  first: i32,
  width: i32,
  inverse: usize,
  panels: usize,
  products: usize,
  chunkRows: i32,
): void {
  const rowBytes = <usize>stride << 2
  const end = min((chunk + 1) * chunkRows, stride)
  for (let row = chunk * chunkRows; row < end; row++) {
    const panel = panels + ((<usize>(row >> 3) * <usize>(block << 3)) << 2) + (<usize>(row & 7) << 2)
    const product = products + ((<usize>row * <usize>block) << 2)
    memory.fill(product, 0, block << 2)
    if (row >= first && row < first + width) {
      for (let at = 0; at < width; at++) store<f32>(panel + (<usize>at << 5), 0)
      continue
    }
    const isBelow = row >= first
    const start = isBelow
      ? matrix + <usize>row * rowBytes + (<usize>first << 2)
      : matrix + <usize>first * rowBytes + (<usize>row << 2)
    const step: usize = isBelow ? 4 : rowBytes
    for (let at = 0; at < width; at++) {
      const value = load<f32>(start + <usize>at * step)
      store<f32>(panel + (<usize>at << 5), value)
      const factor = f32x4.splat(value)
      const source = inverse + ((<usize>at * <usize>block) << 2)
      for (let column: usize = 0; column < <usize>width << 2; column += 16) {
        const sum = f32x4.add(v128.load(product + column), f32x4.mul(factor, v128.load(source + column)))
        v128.store(product + column, sum)
      }
    }
    for (let at = 0; at < width; at++) store<f32>(start + <usize>at * step, load<f32>(product + (<usize>at << 2)))
  }
}

/**
 * Second half: matrix -= V W' for a chunk of rows, up to the panel on the diagonal. The rows that are swept on have
 * zeros in V and W. rows x columns x 2 width operations.
 */
export function sweepUpdateChunk(
  chunk: i32,
  _thread: i32,
  matrix: usize,
  stride: i32,
  width: i32,
  panels: usize,
  products: usize,
  chunkRows: i32,
): void {
  const rowBytes = <usize>stride << 2
  const from = chunk * chunkRows
  const end = min(from + chunkRows, stride)
  const lastPanel = (end - 1) >> 3
  for (let panel = 0; panel <= lastPanel; panel++) {
    const source = panels + ((<usize>panel * <usize>(block << 3)) << 2)
    for (let row = max(from, (panel << 3) & ~3); row < end; row += 4) {
      const target = matrix + <usize>row * rowBytes + (<usize>panel << 5)
      takeOff(target, rowBytes, products + ((<usize>row * <usize>block) << 2), source, width)
    }
  }
}

/** Four rows of eight: target -= products x panel. */
function takeOff(target: usize, rowBytes: usize, products: usize, panel: usize, width: i32): void {
  const productBytes: usize = block << 2
  let a0 = f32x4.splat(0)
  let a1 = f32x4.splat(0)
  let b0 = f32x4.splat(0)
  let b1 = f32x4.splat(0)
  let c0 = f32x4.splat(0)
  let c1 = f32x4.splat(0)
  let d0 = f32x4.splat(0)
  let d1 = f32x4.splat(0)
  const end = products + (<usize>width << 2)
  for (let at = products; at < end; at += 4) {
    const left = v128.load(panel)
    const right = v128.load(panel, 16)
    panel += 32
    const a = v128.load32_splat(at)
    a0 = f32x4.add(a0, f32x4.mul(a, left))
    a1 = f32x4.add(a1, f32x4.mul(a, right))
    const b = v128.load32_splat(at + productBytes)
    b0 = f32x4.add(b0, f32x4.mul(b, left))
    b1 = f32x4.add(b1, f32x4.mul(b, right))
    const c = v128.load32_splat(at + productBytes * 2)
    c0 = f32x4.add(c0, f32x4.mul(c, left))
    c1 = f32x4.add(c1, f32x4.mul(c, right))
    const d = v128.load32_splat(at + productBytes * 3)
    d0 = f32x4.add(d0, f32x4.mul(d, left))
    d1 = f32x4.add(d1, f32x4.mul(d, right))
  }
  subtract(target, a0, a1)
  subtract(target + rowBytes, b0, b1)
  subtract(target + rowBytes * 2, c0, c1)
  subtract(target + rowBytes * 3, d0, d1)
}

// @ts-ignore: decorator
@inline
function subtract(target: usize, left: v128, right: v128): void {
  v128.store(target, f32x4.sub(v128.load(target), left))
  v128.store(target, f32x4.sub(v128.load(target, 16), right), 16)
}

/**
 * Each entry of a symmetric matrix (lower triangle) divided by `divisors` of its column, above the diagonal too; the
 * diagonal becomes 0. In place, for a chunk of rows.
 */
export function divideColumnsChunk(
  chunk: i32,
  _thread: i32,
  matrix: usize,
  stride: i32,
  size: i32,
  divisors: usize,
  chunkRows: i32,
): void {
  const rowBytes = <usize>stride << 2
  const end = min((chunk + 1) * chunkRows, size)
  for (let row = chunk * chunkRows; row < end; row++) {
    const own = load<f32>(divisors + (<usize>row << 2))
    for (let column = 0; column < row; column++) {
      const place = matrix + <usize>row * rowBytes + (<usize>column << 2)
      const value = load<f32>(place)
      store<f32>(place, value / load<f32>(divisors + (<usize>column << 2)))
      store<f32>(matrix + <usize>column * rowBytes + (<usize>row << 2), value / own)
    }
    store<f32>(matrix + <usize>row * rowBytes + (<usize>row << 2), 0)
  }
}

/**
 * Scores of all users for a chunk of items: the sum of `weights` x rows of the matrix over each user's history, into
 * out[user * stride + item]. 2 x entries x items operations.
 */
export function matrixScoresChunk(
  chunk: i32,
  _thread: i32,
  users: usize,
  userCount: i32,
  offsets: usize,
  histories: usize,
  weights: usize,
  matrix: usize,
  stride: i32,
  out: usize,
  chunkItems: i32,
): void {
  const rowBytes = <usize>stride << 2
  const from = <usize>(chunk * chunkItems) << 2
  const width = <usize>(min(chunkItems, stride - chunk * chunkItems) << 2)
  for (let at = 0; at < userCount; at++) {
    const target = out + <usize>at * rowBytes + from
    memory.fill(target, 0, width)
    const user = offsets + (<usize>load<u32>(users + (<usize>at << 2)) << 2)
    const last = <usize>load<u32>(user, 4) << 2
    let entry = <usize>load<u32>(user) << 2
    for (; entry + 16 <= last; entry += 16) {
      const item = histories + entry
      const first = matrix + <usize>load<u32>(item) * rowBytes + from
      const second = matrix + <usize>load<u32>(item, 4) * rowBytes + from
      const third = matrix + <usize>load<u32>(item, 8) * rowBytes + from
      const fourth = matrix + <usize>load<u32>(item, 12) * rowBytes + from
      addFourScaled(target, v128.load(weights + entry), first, second, third, fourth, <i32>(width >> 2))
    }
    for (; entry < last; entry += 4) {
      const row = matrix + <usize>load<u32>(histories + entry) * rowBytes + from
      addScaled(target, load<f32>(weights + entry), row, <i32>(width >> 2))
    }
  }
}
