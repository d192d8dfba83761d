/** As in the kernel `tsneRepelChunk`: points of a leaf, floats of a node. */
export const leafPoints = 16
const nodeFloats = 8
const cells = 65_535

/** Points sorted so that those near one another follow one another, and a tree over them, leaves first. */
export interface PointTree {
  readonly leaves: number
  /** Points by place. */
  readonly order: Uint32Array
  /** By place; places beyond the last point weigh 0. */
  readonly x: Float32Array
  readonly y: Float32Array
  readonly weights: Float32Array
  readonly nodes: Float32Array
  /** The first node of each level, and behind the last level the number of all nodes. */
  readonly levels: Uint32Array
}

/** Arrays of a tree over so many points, from functions that make them. */
export function makeTree(
  points: number,
  make: { float32(length: number): Float32Array; uint32(length: number): Uint32Array },
): PointTree {
  const leaves = Math.ceil(points / leafPoints)
  const levels = [0, leaves]
  for (let width = leaves; width > 1; ) {
    width = (width + 1) >> 1
    levels.push((levels.at(-1) ?? 0) + width)
  }
  const shared = make.uint32(levels.length)
  shared.set(levels)
  return {
    leaves,
    order: make.uint32(points),
    x: make.float32(leaves * leafPoints),
    y: make.float32(leaves * leafPoints),
    weights: make.float32(leaves * leafPoints),
    nodes: make.float32((levels.at(-1) ?? 0) * nodeFloats),
    levels: shared,
  }
}

/** Sorts points (x, y) along Morton's curve and sums up the nodes. `spare`: four words a point. */
export function fillTree(tree: PointTree, positions: Float32Array, spare: Uint32Array): void {
  const { order, x, y, weights } = tree
  const points = order.length
  const codes = spare.subarray(0, points)
  encode(positions, codes)
  sortByCode(codes, order, spare.subarray(points))
  for (let place = 0; place < x.length; place++) {
    const point = order[Math.min(place, points - 1)]
    x[place] = positions[2 * point]
    y[place] = positions[2 * point + 1]
    weights[place] = place < points ? 1 : 0
  }
  fillLeaves(tree)
  fillAbove(tree)
}

function encode(positions: Float32Array, codes: Uint32Array): void {
  let [lowX, lowY, highX, highY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at < positions.length; at += 2) {
    lowX = Math.min(lowX, positions[at])
    highX = Math.max(highX, positions[at])
    lowY = Math.min(lowY, positions[at + 1])
    highY = Math.max(highY, positions[at + 1])
  }
  const scale = cells / (Math.max(highX - lowX, highY - lowY) || 1)
  for (let point = 0; point < codes.length; point++) {
    const column = spread((positions[2 * point] - lowX) * scale)
    const row = spread((positions[2 * point + 1] - lowY) * scale)
    codes[point] = column | (row << 1)
  }
}

/** Puts a zero between any two of 16 bits. */
function spread(value: number): number {
  let bits = value & 0xffff
  bits = (bits | (bits << 8)) & 0x00ff00ff
  bits = (bits | (bits << 4)) & 0x0f0f0f0f
  bits = (bits | (bits << 2)) & 0x33333333
  return (bits | (bits << 1)) & 0x55555555
}

const digitBits = 11

/** By digits of eleven bits, least ones first; equal codes stay by point. */
function sortByCode(codes: Uint32Array, order: Uint32Array, spare: Uint32Array): void {
  const points = order.length
  let [from, to] = [order, spare.subarray(0, points)]
  for (let point = 0; point < points; point++) from[point] = point
  for (let shift = 0; shift < 32; shift += digitBits) {
    const starts = new Uint32Array((1 << digitBits) + 1)
    for (let point = 0; point < points; point++) starts[((codes[point] >>> shift) & 2047) + 1]++
    for (let digit = 0; digit < 1 << digitBits; digit++) starts[digit + 1] += starts[digit]
    for (let at = 0; at < points; at++) {
      const point = from[at]
      to[starts[(codes[point] >>> shift) & 2047]++] = point
    }
    ;[from, to] = [to, from]
  }
  if (from !== order) order.set(from)
}

function fillLeaves({ leaves, x, y, weights, nodes }: PointTree): void {
  for (let leaf = 0; leaf < leaves; leaf++) {
    let [lowX, lowY, highX, highY] = [Infinity, Infinity, -Infinity, -Infinity]
    let [sumX, sumY, count] = [0, 0, 0]
    for (let place = leaf * leafPoints; place < (leaf + 1) * leafPoints && weights[place] > 0; place++) {
      lowX = Math.min(lowX, x[place])
      lowY = Math.min(lowY, y[place])
      highX = Math.max(highX, x[place])
      highY = Math.max(highY, y[place])
      sumX += x[place]
      sumY += y[place]
      count++
    }
    nodes.set([lowX, lowY, highX, highY, sumX / count, sumY / count, count], leaf * nodeFloats)
  }
}

function fillAbove({ nodes, levels }: PointTree): void {
  for (let level = 1; level < levels.length - 1; level++) {
    const below = levels[level - 1]
    for (let node = levels[level]; node < levels[level + 1]; node++) {
      const left = below + 2 * (node - levels[level])
      const right = left + 1 < levels[level] ? left + 1 : null
      fillNode(nodes, node * nodeFloats, left * nodeFloats, right === null ? null : right * nodeFloats)
    }
  }
}

function fillNode(nodes: Float32Array, into: number, left: number, right: number | null): void {
  if (right === null) {
    nodes.copyWithin(into, left, left + nodeFloats)
    return
  }
  for (let at = 0; at < 2; at++) nodes[into + at] = Math.min(nodes[left + at], nodes[right + at])
  for (let at = 2; at < 4; at++) nodes[into + at] = Math.max(nodes[left + at], nodes[right + at])
  const count = nodes[left + 6] + nodes[right + 6]
  for (let at = 4; at < 6; at++) {
    nodes[into + at] = (nodes[left + at] * nodes[left + 6] + nodes[right + at] * nodes[right + 6]) / count
  }
  nodes[into + 6] = count
}
