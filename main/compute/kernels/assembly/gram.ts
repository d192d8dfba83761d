/** Rows whose part of a block is added up in registers at a time, so that they stay in the first cache. */
const runRows: i32 = 64

/**
 * Sum of v vᵀ over one chunk of rows, upper triangle by blocks of four rows and columns, added to `partials[chunk]`
 * (zeroed, length x length). rows * length² operations.
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
  const end = min((chunk + 1) * chunkRows, rows)
  for (let from = chunk * chunkRows; from < end; from += runRows) {
    const first = vectors + <usize>from * rowBytes
    const last = vectors + <usize>min(from + runRows, end) * rowBytes
    for (let i: usize = 0; i < rowBytes; i += 16) {
      const target = partial + (i >> 2) * rowBytes
      let j = i
      for (; j + 32 <= rowBytes; j += 32) addEight(target + j, first + i, first + j, last + i, rowBytes)
      if (j < rowBytes) addFour(target + j, first + i, first + j, last + i, rowBytes)
    }
  }
}

/** Four rows of eight: target += left right', over vectors `rowBytes` apart. */
function addEight(target: usize, left: usize, right: usize, end: usize, rowBytes: usize): void {
  const second = target + rowBytes
  const third = second + rowBytes
  const fourth = third + rowBytes
  let a0 = v128.load(target)
  let a1 = v128.load(target, 16)
  let b0 = v128.load(second)
  let b1 = v128.load(second, 16)
  let c0 = v128.load(third)
  let c1 = v128.load(third, 16)
  let d0 = v128.load(fourth)
  let d1 = v128.load(fourth, 16)
  for (; left < end; left += rowBytes, right += rowBytes) {
    const y0 = v128.load(right)
    const y1 = v128.load(right, 16)
    const a = v128.load32_splat(left)
    a0 = f32x4.add(a0, f32x4.mul(a, y0))
    a1 = f32x4.add(a1, f32x4.mul(a, y1))
    const b = v128.load32_splat(left, 4)
    b0 = f32x4.add(b0, f32x4.mul(b, y0))
    b1 = f32x4.add(b1, f32x4.mul(b, y1))
    const c = v128.load32_splat(left, 8)
    c0 = f32x4.add(c0, f32x4.mul(c, y0))
    c1 = f32x4.add(c1, f32x4.mul(c, y1))
    const d = v128.load32_splat(left, 12)
    d0 = f32x4.add(d0, f32x4.mul(d, y0))
    d1 = f32x4.add(d1, f32x4.mul(d, y1))
  }
  v128.store(target, a0)
  v128.store(target, a1, 16)
  v128.store(second, b0)
  v128.store(second, b1, 16)
  v128.store(third, c0)
  v128.store(third, c1, 16)
  v128.store(fourth, d0)
  v128.store(fourth, d1, 16)
}

/** Four rows of four. */
function addFour(target: usize, left: usize, right: usize, end: usize, rowBytes: usize): void {
  for (let row: usize = 0; row < 16; row += 4, target += rowBytes) {
    let sum = v128.load(target)
    let at = right
    for (let place = left; place < end; place += rowBytes, at += rowBytes) {
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(place + row), v128.load(at)))
    }
    v128.store(target, sum)
  }
}
