import { keep, sort } from './heap'
import { sumLanes } from './vectors'

// Nearest neighbours by squared Euclidean distance. A point's neighbours are a heap of `count` points by the negative of
// their distance, the worst one first; a chunk writes those of its own points alone.

/** Stands for "no point" beyond the end of a list. */
const nobody: u32 = 0xffffffff

function squaredDistance(left: usize, right: usize, length: i32): f32 {
  let sum = f32x4.splat(0)
  const end = left + (<usize>length << 2)
  while (left < end) {
    const difference = f32x4.sub(v128.load(left), v128.load(right))
    sum = f32x4.add(sum, f32x4.mul(difference, difference))
    left += 16
    right += 16
  }
  return sumLanes(sum)
}

function has(indices: usize, size: i32, index: u32): bool {
  for (let at = 0; at < size; at++) if (load<u32>(indices + (<usize>at << 2)) === index) return true
  return false
}

/** Offers the points of the leaf of a tree to one another; `sizes` are lengths of lists so far. */
export function leafNeighboursChunk(
  chunk: i32,
  _thread: i32,
  vectors: usize,
  length: i32,
  leafOffsets: usize,
  members: usize,
  leaves: i32,
  count: i32,
  indices: usize,
  distances: usize,
  sizes: usize,
  chunkLeaves: i32,
): void {
  const end = min((chunk + 1) * chunkLeaves, leaves)
  for (let leaf = chunk * chunkLeaves; leaf < end; leaf++) {
    const row = leafOffsets + (<usize>leaf << 2)
    const first = members + (<usize>load<u32>(row) << 2)
    const last = members + (<usize>load<u32>(row, 4) << 2)
    for (let one = first; one < last; one += 4) {
      const point = load<u32>(one)
      const place = <usize>point * <usize>count << 2
      const own = vectors + ((<usize>point * <usize>length) << 2)
      let size = load<i32>(sizes + (<usize>point << 2))
      for (let other = first; other < last; other += 4) {
        const candidate = load<u32>(other)
        if (candidate === point) continue
        const nearness = -squaredDistance(own, vectors + ((<usize>candidate * <usize>length) << 2), length)
        if (size === count && nearness < load<f32>(distances + place)) continue
        if (has(indices + place, size, candidate)) continue
        size = keep(indices + place, distances + place, size, count, candidate, nearness)
      }
      store<i32>(sizes + (<usize>point << 2), size)
    }
  }
}

/**
 * Offers each point the neighbours of its neighbours, and of those whose neighbour it is, in a graph that stays as it is
 * meanwhile: the next graph goes to `indices` and `distances`, which hold a copy of it. `marks` has a word for each point
 * and thread, all 0 before the first chunk. What changed is counted at `changes` by chunk.
 */
export function expandNeighboursChunk(
  chunk: i32,
  thread: i32,
  vectors: usize,
  points: i32,
  length: i32,
  count: i32,
  graph: usize,
  reverseOffsets: usize,
  reverse: usize,
  indices: usize,
  distances: usize,
  marks: usize,
  changes: usize,
  chunkPoints: i32,
): void {
  const rowBytes = <usize>count << 2
  const own = marks + ((<usize>thread * <usize>points) << 2)
  const end = min((chunk + 1) * chunkPoints, points)
  let changed: u32 = 0
  for (let point = chunk * chunkPoints; point < end; point++) {
    const forward = graph + <usize>point * rowBytes
    const row = reverseOffsets + (<usize>point << 2)
    store<u32>(own + (<usize>point << 2), point + 1)
    for (let at: usize = 0; at < rowBytes; at += 4) mark(own, load<u32>(forward + at), point)
    for (let at: usize = 0; at < rowBytes; at += 4) {
      const neighbour = load<u32>(forward + at)
      if (neighbour !== nobody) {
        changed += offerAll(graph + <usize>neighbour * rowBytes, count, own, point, vectors, length, indices, distances, count)
      }
    }
    const last = reverse + (<usize>load<u32>(row, 4) << 2)
    for (let at = reverse + (<usize>load<u32>(row) << 2); at < last; at += 4) {
      changed += offerAll(at, 1, own, point, vectors, length, indices, distances, count)
      const neighbours = graph + <usize>load<u32>(at) * rowBytes
      changed += offerAll(neighbours, count, own, point, vectors, length, indices, distances, count)
    }
  }
  store<u32>(changes + (<usize>chunk << 2), changed)
}

// @ts-ignore: decorator
@inline
function mark(marks: usize, index: u32, point: i32): bool {
  if (index === nobody) return false
  const place = marks + (<usize>index << 2)
  if (load<u32>(place) === point + 1) return false
  store<u32>(place, point + 1)
  return true
}

/** How many of the candidates became neighbours. */
function offerAll(
  candidates: usize,
  candidateCount: i32,
  marks: usize,
  point: i32,
  vectors: usize,
  length: i32,
  indices: usize,
  distances: usize,
  count: i32,
): u32 {
  const place = (<usize>point * <usize>count) << 2
  const own = vectors + ((<usize>point * <usize>length) << 2)
  let taken: u32 = 0
  for (let at = 0; at < candidateCount; at++) {
    const candidate = load<u32>(candidates + (<usize>at << 2))
    if (!mark(marks, candidate, point)) continue
    const nearness = -squaredDistance(own, vectors + ((<usize>candidate * <usize>length) << 2), length)
    if (nearness < load<f32>(distances + place)) continue
    keep(indices + place, distances + place, count, count, candidate, nearness)
    taken++
  }
  return taken
}

/** Turns heaps into lists, nearest first; the end of a shorter one is filled with nobody. */
export function sortNeighboursChunk(
  chunk: i32,
  _thread: i32,
  points: i32,
  count: i32,
  indices: usize,
  distances: usize,
  sizes: usize,
  chunkPoints: i32,
): void {
  const end = min((chunk + 1) * chunkPoints, points)
  for (let point = chunk * chunkPoints; point < end; point++) {
    const place = (<usize>point * <usize>count) << 2
    const size = load<i32>(sizes + (<usize>point << 2))
    sort(indices + place, distances + place, size)
    for (let at = size; at < count; at++) store<u32>(indices + place + (<usize>at << 2), nobody)
  }
}
