import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Brush,
  boxOf,
  type Cell,
  cellAt,
  cellBeside,
  type Geometry,
  type Gesture,
  gestureAt,
  isSame,
  type Range,
  reached,
  span,
} from './brush'
import styles from './chart.module.css'

interface BrushLayerProps {
  label: string
  brush: Brush
  geometry: Geometry
  /** Shows what the chart says of a point, or nothing. */
  onPoint(point: { x: number; y: number } | null): void
}

/**
 * Lies over a chart and takes a range of its cells. By pointer: drag, or click one cell; drag the range to move it, its
 * ends to stretch it; click the one chosen cell to free it. By keyboard: arrows, with Shift to stretch, Enter to choose,
 * Escape to free.
 */
export function BrushLayer({ label, brush, geometry, onPoint }: BrushLayerProps) {
  const { t } = useTranslation()
  const help = useId()
  const [gesture, setGesture] = useState<Gesture | null>(null)
  /** What a drag or the keyboard has come to, before it is chosen. */
  const [pending, setPending] = useState<{ anchor: Cell; cell: Cell; range: Range } | null>(null)
  const shown = pending?.range ?? brush.range

  function pointOf({ nativeEvent }: PointerEvent) {
    return { x: nativeEvent.offsetX, y: nativeEvent.offsetY }
  }
  function press(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const { x, y } = pointOf(event)
    const begun = gestureAt(geometry, brush, brush.range, x, y)
    setGesture(begun)
    setPending({ anchor: begun.start, cell: begun.start, range: reached(begun, brush, begun.start) })
    onPoint(null)
  }
  function drag(event: PointerEvent) {
    const { x, y } = pointOf(event)
    if (!gesture) return onPoint({ x, y })
    const cell = cellAt(geometry, brush, x, y)
    setPending({ anchor: gesture.start, cell, range: reached(gesture, brush, cell) })
  }
  function release(event: PointerEvent) {
    if (!gesture) return
    const { x, y } = pointOf(event)
    const cell = cellAt(geometry, brush, x, y)
    const isClick = gesture.kind !== 'stretch' && isSame(span(cell, cell), span(gesture.start, gesture.start))
    choose(isClick ? span(cell, cell) : reached(gesture, brush, cell))
  }
  /** What is chosen already is freed. */
  function choose(range: Range) {
    stop()
    brush.onBrush(isSame(range, brush.range) ? null : range)
  }
  function stop() {
    setGesture(null)
    setPending(null)
  }

  function pressKey(event: KeyboardEvent) {
    const cell = pending?.cell ?? brush.range?.last ?? ([0, 0] as const)
    const next = pending || brush.range ? cellBeside(cell, brush, event.key) : firstCell(brush, event.key)
    if (next) {
      const anchor = event.shiftKey ? (pending?.anchor ?? brush.range?.first ?? next) : next
      setPending({ anchor, cell: next, range: span(anchor, next) })
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (pending) choose(pending.range)
    } else if (event.key === 'Escape' && (pending || brush.range)) {
      if (!pending) brush.onBrush(null)
      stop()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      className={styles.brush}
      aria-label={t('chart.brush', { title: label })}
      aria-describedby={help}
      aria-valuemin={0}
      aria-valuemax={brush.columns * brush.rows - 1}
      aria-valuenow={shown ? shown.last[1] * brush.columns + shown.last[0] : 0}
      aria-valuetext={shown ? brush.describe(shown) : t('chart.everything')}
      onPointerDown={press}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={stop}
      onPointerLeave={() => onPoint(null)}
      onKeyDown={pressKey}
      onBlur={stop}
    >
      <span id={help} hidden>
        {t('chart.brushHelp')}
      </span>
      {shown && (
        <div
          className={styles.range}
          data-pending={pending !== null}
          data-rows={brush.rows > 1}
          style={boxOf(geometry, shown)}
        />
      )}
      {pending && (
        <div className={styles.pending} aria-hidden="true">
          {brush.describe(pending.range)}
        </div>
      )}
    </div>
  )
}

/** Where a first arrow key leads: to the first cell, or from the end to the last one. */
function firstCell(brush: Brush, key: string): Cell | null {
  const isBackwards = key === 'ArrowLeft' || key === 'ArrowUp' || key === 'End'
  const start: Cell = isBackwards ? [brush.columns - 1, brush.rows - 1] : [0, 0]
  return cellBeside(start, brush, key) && start
}
