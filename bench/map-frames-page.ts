import { canvasPainter } from '../renderer/views/map/layer/canvas-painter'
import { glPainter } from '../renderer/views/map/layer/gl-painter'
import { gridOf, nearestPoint, pointsWithin } from '../renderer/views/map/layer/point-grid'
import { createPointLayer } from '../renderer/views/map/layer/point-layer'
import { fittedView, panned, type View, zoomed } from '../renderer/views/map/layer/view'
import { lookOf } from '../renderer/views/map/look'

export interface Frames {
  layer: 'webgl' | 'canvas'
  /** Milliseconds from the points to the first frame with all of them. */
  allDrawn: number
  /** Milliseconds between frames while the map moves, ascending. */
  panning: number[]
  zooming: number[]
  /** Points of a frame while it moves, the median. */
  drawn: number
  /** Milliseconds of a lasso over a third of the points, of the grid, and of finding a point under the pointer. */
  lasso: number
  grid: number
  hover: number
  selected: number
}

const [width, height] = [1200, 700]
const frames = 150
const pixel = new Uint8Array(4)

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))

async function measure(count: number, kind: Frames['layer']): Promise<Frames> {
  const canvas = document.body.appendChild(document.createElement('canvas'))
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  const positions = pointsOf(count)
  const started = performance.now()
  const layer = createPointLayer(canvas, [255, 255, 255], kind === 'webgl' ? glPainter : canvasPainter)
  layer.resize(width, height)
  layer.place(positions)
  layer.look(lookOf({ count, values: null, isLongTailed: false, sizes: null, selected: null, scheme: 'light' }))
  let view = fittedView(positions, width, height)
  layer.show(view)
  const sync = () => kind === 'webgl' && canvas.getContext('webgl2')?.readPixels(0, 0, 1, 1, 6408, 5121, pixel)
  while (layer.drawn() < count) await nextFrame()
  sync()
  const allDrawn = performance.now() - started
  const drawn: number[] = []
  const moved = async (to: (view: View, at: number) => View) => {
    const times: number[] = []
    await nextFrame()
    let before = performance.now()
    for (let at = 0; at < frames; at++) {
      view = to(view, at)
      layer.show(view)
      await nextFrame()
      // Frames count once they are drawn, not once they are asked for.
      sync()
      drawn.push(layer.drawn())
      const now = performance.now()
      times.push(now - before)
      before = now
    }
    return times.slice(frames / 3).sort((a, b) => a - b)
  }
  const panning = await moved((current, at) => panned(current, at % 100 < 50 ? 4 : -4, 2))
  const zooming = await moved((current, at) => zoomed(current, at % 100 < 50 ? 1.02 : 1 / 1.02))
  const timed = <T>(work: () => T): [T, number] => {
    const from = performance.now()
    return [work(), performance.now() - from]
  }
  const [grid, gridTime] = timed(() => gridOf(positions))
  const corners = Array.from({ length: 60 }, (_, at) => ({ x: Math.cos(at / 9.55), y: Math.sin(at / 9.55) }))
  const [inside, lasso] = timed(() => pointsWithin(grid, corners))
  const [, hover] = timed(() => nearestPoint(grid, 0.5, 0.5, 0.1))
  drawn.sort((a, b) => a - b)
  return {
    layer: layer.kind,
    drawn: drawn[drawn.length >> 1],
    allDrawn,
    panning,
    zooming,
    lasso,
    grid: gridTime,
    hover,
    selected: inside.length,
  }
}

/** Normal around the middle, by Box and Muller. */
function pointsOf(count: number): Float32Array {
  let state = 1
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
  const positions = new Float32Array(2 * count)
  for (let at = 0; at < positions.length; at += 2) {
    const [length, angle] = [Math.sqrt(-2 * Math.log(uniform())), 2 * Math.PI * uniform()]
    positions[at] = length * Math.cos(angle)
    positions[at + 1] = length * Math.sin(angle)
  }
  return positions
}

Object.assign(globalThis, { measure })
