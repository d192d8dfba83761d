import { type PointerEvent, useState } from 'react'
import styles from './chart.module.css'
import { extended, isWithin, type Lasso, type Pixel, pathOf, rectangle } from './lasso'

interface LassoLayerProps {
  lasso: Lasso
  /** Where the lasso's points are drawn. */
  pixels: readonly Pixel[]
  /** Shows what the chart says of a point, or nothing. */
  onPoint(point: Pixel | null): void
}

/**
 * Lies over a chart and takes the points within a line that is drawn by pointer; a click frees them. Who cannot point
 * chooses by what stands beside the chart, so it is hidden from them.
 */
export function LassoLayer({ lasso: { shape, onLasso }, pixels, onPoint }: LassoLayerProps) {
  const [corners, setCorners] = useState<readonly Pixel[]>([])
  const line =
    shape === 'rectangle' && corners.length > 1 ? rectangle(corners[0], corners[corners.length - 1]) : corners

  function press(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setCorners([pixelOf(event)])
    onPoint(null)
  }
  function drag(event: PointerEvent) {
    const pixel = pixelOf(event)
    if (corners.length === 0) return onPoint(pixel)
    setCorners((before) => extended(before, pixel))
  }
  function release() {
    if (corners.length === 0) return
    const places = [...pixels.keys()].filter((at) => isWithin(pixels[at], line))
    setCorners([])
    onLasso(places)
  }
  return (
    <div
      aria-hidden="true"
      className={styles.brush}
      onPointerDown={press}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={() => setCorners([])}
      onPointerLeave={() => onPoint(null)}
    >
      <svg className={styles.lasso} aria-hidden="true">
        <path d={pathOf(line)} />
      </svg>
    </div>
  )
}

function pixelOf({ nativeEvent }: PointerEvent): Pixel {
  return { x: nativeEvent.offsetX, y: nativeEvent.offsetY }
}
