import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import styles from './resizer.module.css'

interface ResizerProps {
  label: string
  /** The edge of the panel on which it lies. */
  edge: 'left' | 'top'
  /** Of the panel, in pixels. */
  size: number
  range: readonly [minimum: number, maximum: number]
  onResize(size: number): void
}

const keyStep = 16

/** The edge of a panel, which is dragged or moved by the arrow keys to make it larger or smaller. */
export function Resizer({ label, edge, size, range: [minimum, maximum], onResize }: ResizerProps) {
  const [drag, setDrag] = useState<{ from: number; size: number } | null>(null)
  const within = (wanted: number) => Math.round(Math.min(maximum, Math.max(minimum, wanted)))
  const place = ({ clientX, clientY }: PointerEvent) => (edge === 'left' ? clientX : clientY)
  const shift = drag ? size - drag.size : 0

  function start(event: PointerEvent) {
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ from: place(event), size })
  }
  function end() {
    if (drag) onResize(drag.size)
    setDrag(null)
  }
  function onKeyDown(event: KeyboardEvent) {
    const [larger, smaller] = edge === 'left' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    if (event.key === larger) onResize(within(size + keyStep))
    else if (event.key === smaller) onResize(within(size - keyStep))
    else return
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that takes the focus is a control, which hr is not
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={edge === 'left' ? 'vertical' : 'horizontal'}
      aria-valuenow={drag?.size ?? size}
      aria-valuemin={minimum}
      aria-valuemax={maximum}
      className={edge === 'left' ? styles.left : styles.top}
      style={{ transform: edge === 'left' ? `translateX(${shift}px)` : `translateY(${shift}px)` }}
      onPointerDown={start}
      onPointerMove={(event) => drag && setDrag({ ...drag, size: within(size + drag.from - place(event)) })}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
      onKeyDown={onKeyDown}
    />
  )
}
