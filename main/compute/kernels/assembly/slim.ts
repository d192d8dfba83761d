import { keep, sort } from './heap'
import { addScaled } from './vectors'

/**
 * For each item j of a chunk the weights w >= 0, w_j = 0, that minimise |x_j - X w|² / 2 + l1 |w| + l2 |w|² / 2, by
 * coordinate descent on the Gram matrix X'X (rows of `stride` floats): at most `epochs` rounds, fewer where none of the
 * weights changes by `tolerance`. With entries and weights that are never negative, only items whose product with j is
 * above l1 can ever get a weight. Of the weights the `count` largest are kept, largest first. `scratch` holds 3 `stride`
 * zeroed words for each thread. For each change of a weight 2 items operations.
 */
export function slimChunk(
  chunk: i32,
  thread: i32,
  gram: usize,
  stride: i32,
  size: i32,
  l1: f32,
  l2: f32,
  epochs: i32,
  tolerance: f32,
  count: i32,
  indices: usize,
  weights: usize,
  chunkItems: i32,
  scratch: usize,
): void {
  const rowBytes = <usize>stride << 2
  const residual = scratch + <usize>thread * rowBytes * 3
  const own = residual + rowBytes
  const candidates = own + rowBytes
  const end = min((chunk + 1) * chunkItems, size)
  for (let item = chunk * chunkItems; item < end; item++) {
    memory.copy(residual, gram + <usize>item * rowBytes, rowBytes)
    let found = 0
    for (let other = 0; other < size; other++) {
      if (other === item || !(load<f32>(residual + (<usize>other << 2)) > l1)) continue
      store<u32>(candidates + (<usize>found << 2), other)
      found++
    }
    for (let epoch = 0; epoch < epochs; epoch++) {
      if (descend(gram, rowBytes, residual, own, candidates, found, l1, l2) < tolerance) break
    }
    const outIndices = indices + ((<usize>item * <usize>count) << 2)
    const outWeights = weights + ((<usize>item * <usize>count) << 2)
    let kept = 0
    for (let at = 0; at < found; at++) {
      const other = load<u32>(candidates + (<usize>at << 2))
      const weight = load<f32>(own + (<usize>other << 2))
      if (weight > 0) kept = keep(outIndices, outWeights, kept, count, other, weight)
      store<f32>(own + (<usize>other << 2), 0)
    }
    sort(outIndices, outWeights, kept)
  }
}

/** One round; answers the largest change of a weight. */
function descend(
  gram: usize,
  rowBytes: usize,
  residual: usize,
  own: usize,
  candidates: usize,
  found: i32,
  l1: f32,
  l2: f32,
): f32 {
  let largest: f32 = 0
  for (let at = 0; at < found; at++) {
    const place = <usize>load<u32>(candidates + (<usize>at << 2)) << 2
    const row = gram + (place >> 2) * rowBytes
    const square = load<f32>(row + place)
    const before = load<f32>(own + place)
    const after = max(0, load<f32>(residual + place) + square * before - l1) / (square + l2)
    if (after === before) continue
    store<f32>(own + place, after)
    addScaled(residual, before - after, row, <i32>(rowBytes >> 2))
    largest = max(largest, abs(after - before))
  }
  return largest
}
