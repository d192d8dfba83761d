/** A place in a chart whose axes stand for bars, periods or rows: counted from its left, and from its top. */
export type Cell = readonly [column: number, row: number]

/** All cells between two opposite corners, both included: `first` is the upper left one. */
export interface Range {
  first: Cell
  last: Cell
}

/** Lets a range of a chart's cells be chosen, by drag and by keyboard. */
export interface Brush {
  columns: number
  /** 1 where a range has the full height. */
  rows: number
  /** What is chosen now. */
  range: Range | null
  onBrush(range: Range | null): void
  /** A range and what it holds, in words. */
  describe(range: Range): string
}

/** Where a chart's cells stand, in pixels: the middle of the first one, and the way to the next. */
export interface Geometry {
  x: number
  stepX: number
  y: number
  stepY: number
}

export function span(a: Cell, b: Cell): Range {
  return {
    first: [Math.min(a[0], b[0]), Math.min(a[1], b[1])],
    last: [Math.max(a[0], b[0]), Math.max(a[1], b[1])],
  }
}

export function isSame(a: Range | null, b: Range | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

export function includes({ first, last }: Range, [column, row]: Cell): boolean {
  return column >= first[0] && column <= last[0] && row >= first[1] && row <= last[1]
}

/** The cell at a point, or the nearest one. */
export function cellAt({ x, stepX, y, stepY }: Geometry, size: Size, pixelX: number, pixelY: number): Cell {
  return [clamp((pixelX - x) / stepX, size.columns), clamp((pixelY - y) / stepY, size.rows)]
}

/** What a range covers, in pixels. */
export function boxOf({ x, stepX, y, stepY }: Geometry, { first, last }: Range) {
  return {
    left: x + (first[0] - 0.5) * stepX,
    top: y + (first[1] - 0.5) * stepY,
    width: (last[0] - first[0] + 1) * stepX,
    height: (last[1] - first[1] + 1) * stepY,
  }
}

/** A drag from `start`: a new range, or the range in force moved by its inside or stretched by its left or right end. */
export interface Gesture {
  kind: 'new' | 'move' | 'stretch'
  start: Cell
  /** For `move`: the range as it stood. */
  range: Range | null
}

/** So many pixels beside the end of a range still take hold of it. */
const reach = 5

export function gestureAt(
  geometry: Geometry,
  size: Size,
  range: Range | null,
  pixelX: number,
  pixelY: number,
): Gesture {
  const start = cellAt(geometry, size, pixelX, pixelY)
  if (!range) return { kind: 'new', start, range }
  const { left, width } = boxOf(geometry, range)
  if (size.rows === 1 && Math.abs(pixelX - left) <= reach) return { kind: 'stretch', start: range.last, range }
  if (size.rows === 1 && Math.abs(pixelX - left - width) <= reach) return { kind: 'stretch', start: range.first, range }
  return { kind: includes(range, start) ? 'move' : 'new', start, range }
}

/** The range that a gesture has come to when it reaches a cell. */
export function reached({ kind, start, range }: Gesture, size: Size, cell: Cell): Range {
  if (kind !== 'move' || !range) return span(start, cell)
  const { first, last } = range
  const by = [0, 1].map((axis) => {
    const end = axis === 0 ? size.columns - 1 : size.rows - 1
    return Math.min(end - last[axis], Math.max(-first[axis], cell[axis] - start[axis]))
  })
  return { first: [first[0] + by[0], first[1] + by[1]], last: [last[0] + by[0], last[1] + by[1]] }
}

const directions: Record<string, Cell> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  Home: [Number.NEGATIVE_INFINITY, 0],
  End: [Number.POSITIVE_INFINITY, 0],
}

/** The cell that a key leads to; null where it leads nowhere. */
export function cellBeside([column, row]: Cell, size: Size, key: string): Cell | null {
  const direction = directions[key]
  if (!direction || (size.rows === 1 && direction[1] !== 0)) return null
  return [clamp(column + direction[0], size.columns), clamp(row + direction[1], size.rows)]
}

type Size = Pick<Brush, 'columns' | 'rows'>

function clamp(place: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.round(place)))
}
