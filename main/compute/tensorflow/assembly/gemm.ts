// Products of dense matrices: both factors are packed into panels that lie in the order in which the innermost loop reads
// them, for blocks that stay in the caches. Sums are taken in one order, whatever the sizes around them.

const blockRows: i32 = 64
const blockDepth: i32 = 256
const blockColumns: i32 = 512

/** Bytes of `scratch`: a block of each factor and one tile. */
export function gemmScratchBytes(): i32 {
  return ((blockRows + blockColumns) * blockDepth + 32) << 2
}

/**
 * out = A B for `rows` x `depth` times `depth` x `columns`; steps, in floats, from row to row and from column to column
 * say how each factor lies, so that a transposed one costs nothing more. 2 x rows x depth x columns operations.
 */
export function gemm(
  left: usize,
  leftRow: i32,
  leftColumn: i32,
  right: usize,
  rightRow: i32,
  rightColumn: i32,
  out: usize,
  rows: i32,
  depth: i32,
  columns: i32,
  scratch: usize,
): void {
  const packedRight = scratch + (<usize>(blockRows * blockDepth) << 2)
  const tile = packedRight + (<usize>(blockColumns * blockDepth) << 2)
  for (let column = 0; column < columns; column += blockColumns) {
    const width = min(blockColumns, columns - column)
    for (let at = 0; at < depth; at += blockDepth) {
      const length = min(blockDepth, depth - at)
      const source = right + (<usize>(at * rightRow + column * rightColumn) << 2)
      pack(packedRight, source, rightColumn, rightRow, width, length, 8)
      for (let row = 0; row < rows; row += blockRows) {
        const height = min(blockRows, rows - row)
        pack(scratch, left + (<usize>(row * leftRow + at * leftColumn) << 2), leftRow, leftColumn, height, length, 4)
        const target = out + (<usize>(row * columns + column) << 2)
        multiplyBlock(scratch, packedRight, target, height, length, width, columns, tile, at > 0)
      }
    }
  }
}

/** Panels of `width` lanes, position by position; what lies beyond the matrix is 0. */
function pack(
  target: usize,
  source: usize,
  laneStep: i32,
  depthStep: i32,
  lanes: i32,
  length: i32,
  width: i32,
): void {
  const whole = lanes - (lanes % width)
  const panelBytes = <usize>(length * width) << 2
  if (laneStep === 1) packAlong(target, source, depthStep, whole, length, width)
  else {
    for (let lane = 0; lane < whole; lane += width) {
      const place = target + <usize>(lane / width) * panelBytes
      packAcross(place, source + (<usize>(lane * laneStep) << 2), laneStep, depthStep, length, width)
    }
  }
  if (whole < lanes) {
    const place = target + <usize>(whole / width) * panelBytes
    packEdge(place, source + (<usize>(whole * laneStep) << 2), laneStep, depthStep, lanes - whole, length, width)
  }
}

/** Lanes lie side by side: each position is read once along all panels. */
function packAlong(target: usize, source: usize, depthStep: i32, lanes: i32, length: i32, width: i32): void {
  const isWide = width === 8
  const panelBytes = <usize>(length * width) << 2
  const end = <usize>lanes << 2
  for (let at = 0; at < length; at++) {
    let place = target
    for (let lane: usize = 0; lane < end; lane += <usize>width << 2) {
      v128.store(place, v128.load(source + lane))
      if (isWide) v128.store(place, v128.load(source + lane, 16), 16)
      place += panelBytes
    }
    target += <usize>width << 2
    source += <usize>depthStep << 2
  }
}

/** Four lanes of four positions at a time, turned in registers. */
function packAcross(target: usize, source: usize, laneStep: i32, depthStep: i32, length: i32, width: i32): void {
  const laneBytes = <usize>laneStep << 2
  const widthBytes = <usize>width << 2
  for (let lane = 0; lane < width; lane += 4) {
    const from = source + <usize>lane * laneBytes
    const into = target + (<usize>lane << 2)
    let at = 0
    if (depthStep === 1) {
      for (; at + 4 <= length; at += 4) turn(into + <usize>at * widthBytes, widthBytes, from + (<usize>at << 2), laneBytes)
    }
    for (; at < length; at++) {
      const place = from + (<usize>(at * depthStep) << 2)
      for (let next: usize = 0; next < 4; next++) {
        store<f32>(into + <usize>at * widthBytes + (next << 2), load<f32>(place + next * laneBytes))
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function turn(target: usize, targetBytes: usize, source: usize, sourceBytes: usize): void {
  const a = v128.load(source)
  const b = v128.load(source + sourceBytes)
  const c = v128.load(source + sourceBytes * 2)
  const d = v128.load(source + sourceBytes * 3)
  const low = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const high = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const lowNext = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const highNext = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(target, v128.shuffle<f32>(low, lowNext, 0, 1, 4, 5))
  v128.store(target + targetBytes, v128.shuffle<f32>(low, lowNext, 2, 3, 6, 7))
  v128.store(target + targetBytes * 2, v128.shuffle<f32>(high, highNext, 0, 1, 4, 5))
  v128.store(target + targetBytes * 3, v128.shuffle<f32>(high, highNext, 2, 3, 6, 7))
}

function packEdge(
  target: usize,
  source: usize,
  laneStep: i32,
  depthStep: i32,
  lanes: i32,
  length: i32,
  width: i32,
): void {
  for (let at = 0; at < length; at++) {
    for (let lane = 0; lane < width; lane++) {
      const value: f32 = lane < lanes ? load<f32>(source + (<usize>(lane * laneStep + at * depthStep) << 2)) : 0
      store<f32>(target, value)
      target += 4
    }
  }
}

function multiplyBlock(
  left: usize,
  right: usize,
  out: usize,
  rows: i32,
  length: i32,
  columns: i32,
  stride: i32,
  tile: usize,
  isAdded: bool,
): void {
  const rowBytes = <usize>stride << 2
  for (let column = 0; column < columns; column += 8) {
    const rightPanel = right + (<usize>(column * length) << 2)
    for (let row = 0; row < rows; row += 4) {
      const leftPanel = left + (<usize>(row * length) << 2)
      const target = out + <usize>row * rowBytes + (<usize>column << 2)
      if (row + 4 <= rows && column + 8 <= columns) {
        multiplyTile(leftPanel, rightPanel, length, target, rowBytes, isAdded)
        continue
      }
      multiplyTile(leftPanel, rightPanel, length, tile, 32, false)
      copyEdge(tile, target, rowBytes, min(4, rows - row), min(8, columns - column), isAdded)
    }
  }
}

function copyEdge(tile: usize, target: usize, rowBytes: usize, rows: i32, columns: i32, isAdded: bool): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const place = target + <usize>row * rowBytes + (<usize>column << 2)
      const value = load<f32>(tile + (<usize>((row << 3) + column) << 2))
      store<f32>(place, isAdded ? load<f32>(place) + value : value)
    }
  }
}

/** Four rows of eight. */
function multiplyTile(left: usize, right: usize, length: i32, target: usize, rowBytes: usize, isAdded: bool): void {
  let a0 = f32x4.splat(0)
  let a1 = f32x4.splat(0)
  let b0 = f32x4.splat(0)
  let b1 = f32x4.splat(0)
  let c0 = f32x4.splat(0)
  let c1 = f32x4.splat(0)
  let d0 = f32x4.splat(0)
  let d1 = f32x4.splat(0)
  const end = left + (<usize>length << 4)
  while (left < end) {
    const first = v128.load(right)
    const second = v128.load(right, 16)
    const a = v128.load32_splat(left)
    a0 = f32x4.add(a0, f32x4.mul(a, first))
    a1 = f32x4.add(a1, f32x4.mul(a, second))
    const b = v128.load32_splat(left, 4)
    b0 = f32x4.add(b0, f32x4.mul(b, first))
    b1 = f32x4.add(b1, f32x4.mul(b, second))
    const c = v128.load32_splat(left, 8)
    c0 = f32x4.add(c0, f32x4.mul(c, first))
    c1 = f32x4.add(c1, f32x4.mul(c, second))
    const d = v128.load32_splat(left, 12)
    d0 = f32x4.add(d0, f32x4.mul(d, first))
    d1 = f32x4.add(d1, f32x4.mul(d, second))
    left += 16
    right += 32
  }
  put(target, a0, a1, isAdded)
  put(target + rowBytes, b0, b1, isAdded)
  put(target + rowBytes * 2, c0, c1, isAdded)
  put(target + rowBytes * 3, d0, d1, isAdded)
}

// @ts-ignore: decorator
@inline
function put(target: usize, first: v128, second: v128, isAdded: bool): void {
  if (isAdded) {
    v128.store(target, f32x4.add(v128.load(target), first))
    v128.store(target, f32x4.add(v128.load(target, 16), second), 16)
  } else {
    v128.store(target, first)
    v128.store(target, second, 16)
  }
}
