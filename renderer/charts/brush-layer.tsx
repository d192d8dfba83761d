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
  const choice = useChoice(brush)
  const { pending, stop } = choice
  const shown = pending?.range ?? brush.range
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
      {...pointerHandlers({ brush, geometry, onPoint }, choice)}
      onPointerCancel={stop}
      onPointerLeave={() => onPoint(null)}
      onKeyDown={(event) => pressKey(event, brush, choice)}
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

/** What a drag or the keyboard has come to, before it is chosen. */
interface Pending {
  /** The drag that is under way. */
  gesture: Gesture | null
  anchor: Cell
  cell: Cell
  range: Range
}

interface Choice {
  pending: Pending | null
  setPending(pending: Pending): void
  /** Takes a range; what is chosen already is freed. */
  choose(range: Range): void
  stop(): void
}

function useChoice(brush: Brush): Choice {
  const [pending, setPending] = useState<Pending | null>(null)
  const stop = () => setPending(null)
  function choose(range: Range) {
    stop()
    brush.onBrush(isSame(range, brush.range) ? null : range)
  }
  return { pending, setPending, choose, stop }
}

function pointerHandlers({ brush, geometry, onPoint }: Omit<BrushLayerProps, 'label'>, choice: Choice) {
  const { pending, setPending, choose } = choice
  const gesture = pending?.gesture
  const pointOf = ({ nativeEvent }: PointerEvent) => ({ x: nativeEvent.offsetX, y: nativeEvent.offsetY })
  const cellUnder = (event: PointerEvent) => {
    const { x, y } = pointOf(event)
    return cellAt(geometry, brush, x, y)
  }
  const pend = (gesture: Gesture, cell: Cell) =>
    setPending({ gesture, anchor: gesture.start, cell, range: reached(gesture, brush, cell) })
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const { x, y } = pointOf(event)
      const begun = gestureAt(geometry, brush, brush.range, x, y)
      pend(begun, begun.start)
      onPoint(null)
    },
    onPointerMove(event: PointerEvent) {
      if (gesture) pend(gesture, cellUnder(event))
      else onPoint(pointOf(event))
    },
    onPointerUp(event: PointerEvent) {
      if (!gesture) return
      const cell = cellUnder(event)
      const isClick = gesture.kind !== 'stretch' && isSame(span(cell, cell), span(gesture.start, gesture.start))
      choose(isClick ? span(cell, cell) : reached(gesture, brush, cell))
    },
  }
}

function pressKey(event: KeyboardEvent, brush: Brush, { pending, setPending, choose, stop }: Choice) {
  const cell = pending?.cell ?? brush.range?.last ?? ([0, 0] as const)
  const next = pending || brush.range ? cellBeside(cell, brush, event.key) : firstCell(brush, event.key)
  if (next) {
    const anchor = event.shiftKey ? (pending?.anchor ?? brush.range?.first ?? next) : next
    setPending({ gesture: pending?.gesture ?? null, anchor, cell: next, range: span(anchor, next) })
  } else if (event.key === 'Enter' || event.key === ' ') {
    if (pending) choose(pending.range)
  } else if (event.key === 'Escape' && (pending || brush.range)) {
    if (!pending) brush.onBrush(null)
    stop()
  } else return
  event.preventDefault()
  event.stopPropagation()
}

/** Where a first arrow key leads: to the first cell, or from the end to the last one. */
function firstCell(brush: Brush, key: string): Cell | null {
  const isBackwards = key === 'ArrowLeft' || key === 'ArrowUp' || key === 'End'
  const start: Cell = isBackwards ? [brush.columns - 1, brush.rows - 1] : [0, 0]
  return cellBeside(start, brush, key) && start
}
