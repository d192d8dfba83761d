import { sumLanes } from './vectors'

// t-SNE (van der Maaten 2014, Accelerating t-SNE using tree-based algorithms) over points that are sorted so that those
// near one another follow one another. A leaf of the tree is 16 of them, a node two nodes of the level below. Far nodes
// act on all points of a leaf as one point: a leaf collects what acts on it, and its points then run along that list.
//
// A node is 8 floats: smallest x and y, largest x and y, mean x and y, how many points, and one that is not used.

const leafPoints: i32 = 16
const nodeBytes: usize = 32
/** A node of the level in the upper bits, so that what is left to be visited is one word each. */
const levelShift: u32 = 27
const mostWaiting: usize = 128

// @ts-ignore: decorator
@inline
function gap(low: f32, high: f32, value: f32): f32 {
  return max<f32>(0, max<f32>(low - value, value - high))
}

/**
 * What pushes the points of a chunk of leaves: their moves, not yet normalised, to `pushX` and `pushY` in sorted order,
 * and each leaf's part of the normalisation to `sums`. Levels of the tree begin at `levels` (their first nodes; as many
 * as `levelCount`). `scratch` has for each thread what is left to be visited and a list of `capacity` points as x, y and
 * weight. `closeness`: how wide a node may be, of its distance, to act as one point; squared.
 */
export function tsneRepelChunk(
  chunk: i32,
  thread: i32,
  sortedX: usize,
  sortedY: usize,
  weights: usize,
  nodes: usize,
  levels: usize,
  levelCount: i32,
  leaves: i32,
  closeness: f32,
  pushX: usize,
  pushY: usize,
  sums: usize,
  scratch: usize,
  capacity: i32,
  chunkLeaves: i32,
): void {
  const listBytes = <usize>capacity << 2
  const waiting = scratch + <usize>thread * ((mostWaiting << 2) + 3 * listBytes)
  const list = waiting + (mostWaiting << 2)
  const end = min((chunk + 1) * chunkLeaves, leaves)
  for (let leaf = chunk * chunkLeaves; leaf < end; leaf++) {
    const group = nodes + <usize>leaf * nodeBytes
    const size = collect(group, nodes, levels, levelCount, closeness, sortedX, sortedY, weights, waiting, list, listBytes)
    let sum: f32 = 0
    for (let at = 0; at < leafPoints; at++) {
      const place = (<usize>(leaf * leafPoints + at)) << 2
      if (load<f32>(weights + place) === 0) break
      sum += pushPoint(place, sortedX, sortedY, list, listBytes, size, pushX, pushY)
    }
    store<f32>(sums + (<usize>leaf << 2), sum)
  }
}

/** Answers how many points act on the leaf `group`, a multiple of 4. */
function collect(
  group: usize,
  nodes: usize,
  levels: usize,
  levelCount: i32,
  closeness: f32,
  sortedX: usize,
  sortedY: usize,
  weights: usize,
  waiting: usize,
  list: usize,
  listBytes: usize,
): i32 {
  const lowX = load<f32>(group)
  const lowY = load<f32>(group, 4)
  const highX = load<f32>(group, 8)
  const highY = load<f32>(group, 12)
  let size: usize = 0
  let left = 1
  store<u32>(waiting, (levelCount - 1) << levelShift)
  while (left > 0) {
    left--
    const entry = load<u32>(waiting + (<usize>left << 2))
    const level = entry >> levelShift
    const index = entry & <u32>((1 << levelShift) - 1)
    const node = nodes + <usize>(load<u32>(levels + (<usize>level << 2)) + index) * nodeBytes
    const x = load<f32>(node, 16)
    const y = load<f32>(node, 20)
    const dx = gap(lowX, highX, x)
    const dy = gap(lowY, highY, y)
    const wide = max<f32>(load<f32>(node, 8) - load<f32>(node), load<f32>(node, 12) - load<f32>(node, 4))
    if (wide * wide <= closeness * (dx * dx + dy * dy)) {
      store<f32>(list + size, x)
      store<f32>(list + listBytes + size, y)
      store<f32>(list + 2 * listBytes + size, load<f32>(node, 24))
      size += 4
    } else if (level === 0) {
      const from = <usize>(index * leafPoints) << 2
      memory.copy(list + size, sortedX + from, leafPoints << 2)
      memory.copy(list + listBytes + size, sortedY + from, leafPoints << 2)
      memory.copy(list + 2 * listBytes + size, weights + from, leafPoints << 2)
      size += leafPoints << 2
    } else {
      const below = level - 1
      const nodesBelow: u32 = load<u32>(levels + (<usize>level << 2)) - load<u32>(levels + (<usize>below << 2))
      const first: u32 = index << 1
      store<u32>(waiting + (<usize>left << 2), (below << levelShift) | first)
      left++
      if (first + 1 < nodesBelow) {
        store<u32>(waiting + (<usize>left << 2), (below << levelShift) | (first + 1))
        left++
      }
    }
  }
  for (; (size & 15) !== 0; size += 4) {
    store<f32>(list + size, 0)
    store<f32>(list + listBytes + size, 0)
    store<f32>(list + 2 * listBytes + size, 0)
  }
  return <i32>(size >> 2)
}

/** Writes the point's move and answers its part of the normalisation, itself left out. */
function pushPoint(
  place: usize,
  sortedX: usize,
  sortedY: usize,
  list: usize,
  listBytes: usize,
  size: i32,
  pushX: usize,
  pushY: usize,
): f32 {
  const x = v128.load32_splat(sortedX + place)
  const y = v128.load32_splat(sortedY + place)
  const one = f32x4.splat(1)
  let all = f32x4.splat(0)
  let moveX = f32x4.splat(0)
  let moveY = f32x4.splat(0)
  const end = list + (<usize>size << 2)
  for (let at = list; at < end; at += 16) {
    const dx = f32x4.sub(x, v128.load(at))
    const dy = f32x4.sub(y, v128.load(at + listBytes))
    const near = f32x4.div(one, f32x4.add(one, f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy))))
    const weighted = f32x4.mul(near, v128.load(at + 2 * listBytes))
    all = f32x4.add(all, weighted)
    const push = f32x4.mul(weighted, near)
    moveX = f32x4.add(moveX, f32x4.mul(push, dx))
    moveY = f32x4.add(moveY, f32x4.mul(push, dy))
  }
  store<f32>(pushX + place, sumLanes(moveX))
  store<f32>(pushY + place, sumLanes(moveY))
  return sumLanes(all) - 1
}

/**
 * Moves the points of a chunk, by their places in `order`, from the positions `from` to `to` (x, y): pulled by neighbours
 * with `weights`, `pull` times as strong, and pushed by what `tsneRepelChunk` found, `push` times. `speeds` and `gains`
 * are two floats a point (Jacobs 1988: a gain grows while an axis keeps its direction).
 */
export function tsneMoveChunk(
  chunk: i32,
  _thread: i32,
  points: i32,
  order: usize,
  from: usize,
  to: usize,
  offsets: usize,
  neighbours: usize,
  weights: usize,
  pushX: usize,
  pushY: usize,
  pull: f32,
  push: f32,
  rate: f32,
  momentum: f32,
  speeds: usize,
  gains: usize,
  chunkPoints: i32,
): void {
  const end = min((chunk + 1) * chunkPoints, points)
  for (let at = chunk * chunkPoints; at < end; at++) {
    const place = <usize>at << 2
    const point = <usize>load<u32>(order + place)
    const own = from + (point << 3)
    const x = load<f32>(own)
    const y = load<f32>(own, 4)
    let slopeX: f32 = 0
    let slopeY: f32 = 0
    const row = offsets + (point << 2)
    const last = <usize>load<u32>(row, 4) << 2
    for (let edge = <usize>load<u32>(row) << 2; edge < last; edge += 4) {
      const other = from + (<usize>load<u32>(neighbours + edge) << 3)
      const dx = x - load<f32>(other)
      const dy = y - load<f32>(other, 4)
      const factor = load<f32>(weights + edge) / (1 + dx * dx + dy * dy)
      slopeX += factor * dx
      slopeY += factor * dy
    }
    slopeX = pull * slopeX - push * load<f32>(pushX + place)
    slopeY = pull * slopeY - push * load<f32>(pushY + place)
    const target = to + (point << 3)
    const state = point << 3
    store<f32>(target, x + speedUp(speeds + state, gains + state, slopeX, rate, momentum))
    store<f32>(target, y + speedUp(speeds + state + 4, gains + state + 4, slopeY, rate, momentum), 4)
  }
}

// @ts-ignore: decorator
@inline
function speedUp(speed: usize, gain: usize, slope: f32, rate: f32, momentum: f32): f32 {
  const before = load<f32>(speed)
  const isOnwards = slope * before < 0
  const factor = max<f32>(0.01, isOnwards ? load<f32>(gain) + 0.2 : load<f32>(gain) * 0.8)
  const next = momentum * before - rate * factor * slope
  store<f32>(gain, factor)
  store<f32>(speed, next)
  return next
}
