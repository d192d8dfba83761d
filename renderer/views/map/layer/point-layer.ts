import { canvasPainter } from './canvas-painter'
import { glPainter, isGraphicsCard } from './gl-painter'
import type { View } from './view'

/** How points look, by their places in the map. */
export interface Look {
  /** Red, green, blue, and 255 for points that stand before others, 0 for those that are greyed. */
  readonly colours: Uint8Array
  /** Diameters in quarters of a pixel of the page. */
  readonly sizes: Uint8Array
}

/** Draws points onto a canvas; those from `from` to `to` in the order in which they were given. */
export interface Painter {
  readonly kind: 'webgl' | 'canvas'
  place(positions: Float32Array): void
  look(look: Look): void
  resize(width: number, height: number, ratio: number): void
  clear(): void
  paint(view: View, from: number, to: number): void
  close(): void
}

export type MakePainter = (canvas: HTMLCanvasElement, background: readonly number[]) => Painter | null

export interface PointLayer {
  readonly kind: Painter['kind']
  place(positions: Float32Array): void
  look(look: Look): void
  resize(width: number, height: number): void
  show(view: View): void
  /** How many points are drawn of the view that is shown. */
  drawn(): number
  close(): void
}

/** Points that the first frame draws; whether they were too many shows then. */
const firstPrefix = 20_000
const leastPrefix = 2000
/** Milliseconds between frames: beyond the one there were too many points, below the other there may be more. */
const [tooLong, shortEnough] = [24, 18]
const resting = 120

/** How many points a frame may draw: fewer after a slow frame, more after a quick one. */
function createPrefix() {
  let size = firstPrefix
  return {
    size: () => size,
    /** After a frame that took so many milliseconds, of so many points in all. */
    adapt(milliseconds: number, count: number) {
      if (milliseconds > tooLong) size = Math.max(leastPrefix, size * 0.7)
      else if (milliseconds < shortEnough) size = Math.min(Math.max(firstPrefix, count), size * 1.2)
      size = Math.round(size)
    },
  }
}

/**
 * Points on a canvas. They are shuffled once, so that a prefix of them is a fair sample: while the view moves a prefix is
 * drawn, as long as frames come quickly, and once it rests the others follow in slices.
 */
export function createPointLayer(
  canvas: HTMLCanvasElement,
  background: readonly number[],
  makePainter: MakePainter = isGraphicsCard() ? glPainter : canvasPainter,
): PointLayer {
  const painter = makePainter(canvas, background) ?? canvasPainter(canvas, background)
  let order: Uint32Array = new Uint32Array(0)
  let looked = 0
  const prefix = createPrefix()
  let view: View | null = null
  let [drawn, frame, changed, lastFrame] = [0, 0, false, 0]
  let lastChange = Number.NEGATIVE_INFINITY

  function tick(now: number) {
    frame = 0
    // Points without a look, or a look of other points: the rest is on its way.
    if (view === null || looked !== order.length) return
    if (changed) {
      const isMoving = now - lastChange < resting
      if (isMoving) prefix.adapt(now - lastFrame, order.length)
      changed = false
      lastChange = now
      painter.clear()
      drawn = Math.min(order.length, prefix.size())
      painter.paint(view, 0, drawn)
    } else if (now - lastChange > resting && drawn < order.length) {
      const to = Math.min(order.length, drawn + prefix.size())
      painter.paint(view, drawn, to)
      drawn = to
    }
    lastFrame = now
    if (changed || drawn < order.length) request()
  }

  function request() {
    if (frame === 0) frame = requestAnimationFrame(tick)
  }

  function redraw() {
    changed = true
    request()
  }

  return {
    kind: painter.kind,
    place(positions) {
      if (order.length !== positions.length / 2) order = shuffled(positions.length / 2)
      painter.place(reordered(positions, order, 2))
      redraw()
    },
    look({ colours, sizes }) {
      looked = sizes.length
      painter.look({ colours: reordered(colours, order, 4), sizes: reordered(sizes, order, 1) })
      redraw()
    },
    resize(width, height) {
      painter.resize(width, height, devicePixelRatio)
      redraw()
    },
    show(next) {
      view = next
      redraw()
    },
    drawn: () => (changed ? 0 : drawn),
    close() {
      cancelAnimationFrame(frame)
      painter.close()
    },
  }
}

/** The same order every time, so that a map looks the same. */
function shuffled(count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, at) => at)
  let state = 0x9e3779b9
  for (let at = count - 1; at > 0; at--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const other = Math.floor((state / 2 ** 32) * (at + 1))
    const swapped = order[at]
    order[at] = order[other]
    order[other] = swapped
  }
  return order
}

function reordered<T extends Float32Array | Uint8Array>(values: T, order: Uint32Array, width: number): T {
  const result = values.slice() as T
  for (let at = 0; at < order.length; at++) {
    for (let component = 0; component < width; component++) {
      result[at * width + component] = values[order[at] * width + component]
    }
  }
  return result
}
