/** What part of a map is in sight: the middle of the canvas, and pixels of a unit. Pixels are those of the page. */
export interface View {
  readonly x: number
  readonly y: number
  readonly scale: number
  readonly width: number
  readonly height: number
}

/** Around the points when all are in sight, in pixels. */
const margin = 24
const scales = [1e-9, 1e9] as const

/** All points in sight. */
export function fittedView(positions: Float32Array, width: number, height: number): View {
  let [lowX, lowY, highX, highY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at < positions.length; at += 2) {
    lowX = Math.min(lowX, positions[at])
    highX = Math.max(highX, positions[at])
    lowY = Math.min(lowY, positions[at + 1])
    highY = Math.max(highY, positions[at + 1])
  }
  if (!(lowX <= highX)) return { x: 0, y: 0, scale: 1, width, height }
  const room = (pixels: number) => Math.max(1, pixels - 2 * margin)
  const scale = Math.min(room(width) / (highX - lowX || 1e-6), room(height) / (highY - lowY || 1e-6))
  return { x: (lowX + highX) / 2, y: (lowY + highY) / 2, scale, width, height }
}

export function toPixel({ x, y, scale, width, height }: View, dataX: number, dataY: number): [number, number] {
  // Up is up.
  return [width / 2 + (dataX - x) * scale, height / 2 - (dataY - y) * scale]
}

export function toData({ x, y, scale, width, height }: View, pixelX: number, pixelY: number): [number, number] {
  return [x + (pixelX - width / 2) / scale, y - (pixelY - height / 2) / scale]
}

export function panned(view: View, pixelsRight: number, pixelsDown: number): View {
  return { ...view, x: view.x - pixelsRight / view.scale, y: view.y + pixelsDown / view.scale }
}

/** Nearer or farther; what lies under the pixel stays there. */
export function zoomed(view: View, factor: number, pixelX = view.width / 2, pixelY = view.height / 2): View {
  const scale = Math.min(scales[1], Math.max(scales[0], view.scale * factor))
  const [x, y] = toData(view, pixelX, pixelY)
  const [a, b] = toData({ ...view, scale }, pixelX, pixelY)
  return { ...view, scale, x: view.x + x - a, y: view.y + y - b }
}

/** In a canvas of another size: what was in sight stays so. */
export function resized(view: View, width: number, height: number): View {
  const factor = Math.min(width / view.width, height / view.height)
  return { ...view, width, height, scale: factor > 0 ? view.scale * factor : view.scale }
}

/** A point in the middle; the scale stays. */
export function centred(view: View, x: number, y: number): View {
  return { ...view, x, y }
}
