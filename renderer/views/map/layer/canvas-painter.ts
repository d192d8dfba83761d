import type { Look, Painter } from './point-layer'

/** Draws without WebGL, into the pixels of the canvas: quicker than WebGL where that is computed in software too. */
export function canvasPainter(canvas: HTMLCanvasElement, background: readonly number[]): Painter {
  const context = canvas.getContext('2d', { alpha: false })
  let image = new ImageData(1, 1)
  let pixels = new Uint32Array(image.data.buffer)
  /** 1 where a point stands before others. */
  let front = new Uint8Array(1)
  let positions: Float32Array = new Float32Array(0)
  let look: Look = { colours: new Uint8Array(0), sizes: new Uint8Array(0) }
  let ratio = 1
  const inkOf = (red: number, green: number, blue: number) => (255 << 24) | (blue << 16) | (green << 8) | red

  function disc(middleX: number, middleY: number, size: number, ink: number, isFront: number) {
    const { width, height } = image
    const spans = spansOf(size)
    const top = Math.round(middleY - spans.length / 2)
    for (let row = Math.max(0, -top); row < spans.length && top + row < height; row++) {
      const left = Math.max(0, Math.round(middleX - spans[row] / 2))
      const right = Math.min(width, Math.round(middleX + spans[row] / 2))
      const start = (top + row) * width
      for (let at = start + left; at < start + right; at++) {
        if (front[at] > isFront) continue
        pixels[at] = ink
        front[at] = isFront
      }
    }
  }

  return {
    kind: 'canvas',
    place(given) {
      positions = given
    },
    look(given) {
      look = given
    },
    resize(width, height, devicePixels) {
      ratio = devicePixels
      canvas.width = Math.max(1, Math.round(width * devicePixels))
      canvas.height = Math.max(1, Math.round(height * devicePixels))
      image = new ImageData(canvas.width, canvas.height)
      pixels = new Uint32Array(image.data.buffer)
      front = new Uint8Array(pixels.length)
    },
    clear() {
      pixels.fill(inkOf(background[0], background[1], background[2]))
      front.fill(0)
    },
    paint(view, from, to) {
      const { colours, sizes } = look
      for (let at = from; at < to && 4 * at < colours.length; at++) {
        const x = (view.width / 2 + (positions[2 * at] - view.x) * view.scale) * ratio
        const y = (view.height / 2 - (positions[2 * at + 1] - view.y) * view.scale) * ratio
        const ink = inkOf(colours[4 * at], colours[4 * at + 1], colours[4 * at + 2])
        disc(x, y, (sizes[at] * ratio) / 4, ink, colours[4 * at + 3] > 0 ? 1 : 0)
      }
      context?.putImageData(image, 0, 0)
    },
    close() {},
  }
}

const known = new Map<number, number[]>()

/** How wide each row of a disc is, in pixels. */
function spansOf(size: number): number[] {
  const rows = Math.max(1, Math.round(size))
  const found = known.get(rows)
  if (found) return found
  const spans = Array.from({ length: rows }, (_, row) => {
    const fromMiddle = row + 0.5 - rows / 2
    return rows < 3 ? rows : 2 * Math.sqrt((rows / 2) ** 2 - fromMiddle ** 2)
  })
  known.set(rows, spans)
  return spans
}
