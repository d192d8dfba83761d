import { isWithin, type Pixel } from '../../../charts/lasso'

/** Points by the cells of a grid over them, so that those near a place are found without looking at all. */
export interface PointGrid {
  readonly positions: Float32Array
  readonly columns: number
  readonly rows: number
  readonly left: number
  readonly bottom: number
  readonly cell: number
  /** Points of cell n: `members[offsets[n] .. offsets[n + 1]]`. */
  readonly offsets: Uint32Array
  readonly members: Uint32Array
}

const pointsOfCell = 4
const mostCells = 1024

export function gridOf(positions: Float32Array): PointGrid {
  const count = positions.length / 2
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at < positions.length; at += 2) {
    left = Math.min(left, positions[at])
    right = Math.max(right, positions[at])
    bottom = Math.min(bottom, positions[at + 1])
    top = Math.max(top, positions[at + 1])
  }
  const side = Math.max(1, Math.min(mostCells, Math.ceil(Math.sqrt(count / pointsOfCell))))
  const cell = Math.max(right - left, top - bottom) / side || 1
  const columns = Math.max(1, Math.floor((right - left) / cell) + 1)
  const rows = Math.max(1, Math.floor((top - bottom) / cell) + 1)
  const placeOf = (point: number) =>
    Math.min(rows - 1, Math.floor((positions[2 * point + 1] - bottom) / cell)) * columns +
    Math.min(columns - 1, Math.floor((positions[2 * point] - left) / cell))
  const offsets = new Uint32Array(columns * rows + 1)
  for (let point = 0; point < count; point++) offsets[placeOf(point) + 1]++
  for (let at = 0; at < columns * rows; at++) offsets[at + 1] += offsets[at]
  const filled = offsets.slice()
  const members = new Uint32Array(count)
  for (let point = 0; point < count; point++) members[filled[placeOf(point)]++] = point
  return { positions, columns, rows, left, bottom, cell, offsets, members }
}

/** The point nearest to a place and no farther than `reach`; null where there is none. */
export function nearestPoint(grid: PointGrid, x: number, y: number, reach: number): number | null {
  let [best, bestSquared] = [null as number | null, reach * reach]
  eachWithin(grid, { left: x - reach, right: x + reach, bottom: y - reach, top: y + reach }, (point) => {
    const squared = (grid.positions[2 * point] - x) ** 2 + (grid.positions[2 * point + 1] - y) ** 2
    if (squared > bestSquared || (squared === bestSquared && best !== null)) return
    best = point
    bestSquared = squared
  })
  return best
}

/** The points within a closed line, ascending. */
export function pointsWithin(grid: PointGrid, corners: readonly Pixel[]): Uint32Array {
  if (corners.length < 3) return new Uint32Array(0)
  const xs = corners.map(({ x }) => x)
  const ys = corners.map(({ y }) => y)
  const box = { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) }
  const found: number[] = []
  eachWithin(grid, box, (point) => {
    if (isWithin({ x: grid.positions[2 * point], y: grid.positions[2 * point + 1] }, corners)) found.push(point)
  })
  return Uint32Array.from(found).sort()
}

interface Box {
  left: number
  right: number
  bottom: number
  top: number
}

/** Points of the cells that a box touches, and so some beyond it. */
function eachWithin(
  { columns, rows, left, bottom, cell, offsets, members }: PointGrid,
  box: Box,
  hear: (point: number) => void,
) {
  const column = (x: number) => Math.floor((x - left) / cell)
  const row = (y: number) => Math.floor((y - bottom) / cell)
  const lastColumn = Math.min(columns - 1, column(box.right))
  for (let line = Math.max(0, row(box.bottom)); line <= Math.min(rows - 1, row(box.top)); line++) {
    const from = Math.max(0, column(box.left))
    if (from > lastColumn) return
    for (let at = offsets[line * columns + from]; at < offsets[line * columns + lastColumn + 1]; at++) hear(members[at])
  }
}
