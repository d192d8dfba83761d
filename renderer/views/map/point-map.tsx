import { ActionIcon, useComputedColorScheme } from '@mantine/core'
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NamedPoint } from '../../../main/contract/projection'
import { extended, type Pixel, pathOf, rectangle } from '../../charts/lasso'
import { surfaces } from '../../widgets/palette'
import { gridOf, nearestPoint, type PointGrid, pointsWithin } from './layer/point-grid'
import { createPointLayer, type Look, type PointLayer } from './layer/point-layer'
import { centred, fittedView, panned, resized, toData, type View, zoomed } from './layer/view'
import { rgb } from './look'
import styles from './map.module.css'
import { Mark, Ring } from './point-mark'

export type Tool = 'pan' | 'rectangle' | 'lasso'

interface PointMapProps {
  projectionId: string
  name: string
  positions: Float32Array
  look: Look
  tool: Tool
  pinned: number | null
  /** Moves the pinned point into the middle whenever it changes. */
  focus: number
  /** What the colour of a point stands for; null: nothing. */
  valueTextOf(point: number): string | null
  /** Where a point leads. */
  addressOf(point: NamedPoint): string
  onPick(point: number | null): void
  onLasso(points: Uint32Array): void
}

/** Pixels around the pointer in which a point is meant, and that the pointer may move in a click. */
const [reach, still] = [10, 4]
const step = 60
const zoomStep = 1.4

/** A map to move about in: the points, what lies over them, and what pointer and keys do. */
export function PointMap(props: PointMapProps) {
  const { projectionId, name, positions, tool, pinned, valueTextOf, addressOf, onLasso } = props
  const { t } = useTranslation()
  const area = useRef<HTMLDivElement>(null)
  const { canvas, view, setView, kind } = useLayer(area, props)
  const grid = useMemo(() => gridOf(positions), [positions])
  useWheel(area, setView)
  const change: ChangeView = (to) => setView((before) => before && to(before))
  const showAll = () => change(({ width, height }) => fittedView(positions, width, height))
  const { line, hovered, handlers } = usePointer(props, { grid, view, change })
  return (
    <div
      ref={area}
      role="application"
      aria-label={t('map.canvas', { name })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move what is in sight
      tabIndex={0}
      className={styles.map}
      data-tool={tool}
      data-layer={kind}
      {...handlers}
      onKeyDown={(event) => pressKey(event, change, showAll)}
    >
      {canvas}
      <svg className={styles.over} aria-hidden="true">
        <path d={pathOf(line)} />
        {view && pinned !== null && <Ring view={view} positions={positions} point={pinned} />}
      </svg>
      {view && pinned !== null && (
        <Mark {...{ view, positions, projectionId, addressOf }} point={pinned} value={valueTextOf(pinned)} />
      )}
      {view && hovered !== null && hovered !== pinned && (
        <Mark {...{ view, positions, projectionId }} point={hovered} value={valueTextOf(hovered)} addressOf={null} />
      )}
      <MapButtons change={change} onAll={showAll} onSight={() => view && onLasso(pointsWithin(grid, sightOf(view)))} />
      <div className={`${styles.caption} clipped`}>
        <bdi>{name}</bdi>
        {kind === 'canvas' && ` · ${t('map.noWebgl')}`}
      </div>
    </div>
  )
}

type ChangeView = (to: (view: View) => View) => void

/** A button that is held, and where it has been since. */
interface Press {
  corners: readonly Pixel[]
  last: Pixel
  /** It moves what is in sight; any other draws around points. */
  isMove: boolean
}

/** What the pointer does with the tool: moves what is in sight, draws around points, or picks the one that it is at. */
function usePointer(
  { tool, onPick, onLasso }: PointMapProps,
  { grid, view, change }: { grid: PointGrid; view: View | null; change: ChangeView },
) {
  const [hovered, setHovered] = useState<number | null>(null)
  const [press, setPress] = useState<Press | null>(null)
  const line = press && !press.isMove ? lineOf(tool, press.corners) : []

  function pointAt({ x, y }: Pixel): number | null {
    if (!view) return null
    const [dataX, dataY] = toData(view, x, y)
    return nearestPoint(grid, dataX, dataY, reach / view.scale)
  }
  function down(event: PointerEvent<HTMLElement>) {
    if (event.button > 1 || event.target instanceof HTMLButtonElement) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const pixel = pixelOf(event)
    setPress({ corners: [pixel], last: pixel, isMove: tool === 'pan' || event.button === 1 })
    setHovered(null)
  }
  function move(event: PointerEvent) {
    const pixel = pixelOf(event)
    if (!press) return setHovered(pointAt(pixel))
    if (press.isMove) change((before) => panned(before, pixel.x - press.last.x, pixel.y - press.last.y))
    setPress({ ...press, corners: extended(press.corners, pixel), last: pixel })
  }
  function up() {
    if (!press || !view) return
    setPress(null)
    if (isClick(press)) onPick(pointAt(press.corners[0]))
    else if (!press.isMove) {
      const corners = line.map(({ x, y }) => toData(view, x, y)).map(([x, y]) => ({ x, y }))
      onLasso(pointsWithin(grid, corners))
    }
  }
  const handlers = {
    onPointerDown: down,
    onPointerMove: move,
    onPointerUp: up,
    onPointerCancel: () => setPress(null),
    onPointerLeave: () => setHovered(null),
  }
  return { line, hovered, handlers }
}

function isClick({ corners, last }: Press): boolean {
  const [first] = corners
  return Math.hypot(last.x - first.x, last.y - first.y) < still && corners.length < 4
}

function pressKey(event: KeyboardEvent, change: ChangeView, showAll: () => void) {
  const to = keyed(event.key)
  if (event.key === '0') showAll()
  else if (to) change(to)
  else return
  event.preventDefault()
  event.stopPropagation()
}

interface MapButtonsProps {
  change: ChangeView
  onAll(): void
  /** Chooses what is in sight. */
  onSight(): void
}

function MapButtons({ change, onAll, onSight }: MapButtonsProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.buttons}>
      <MapButton label={t('map.zoomIn')} sign="+" onClick={() => change((before) => zoomed(before, zoomStep))} />
      <MapButton label={t('map.zoomOut')} sign="−" onClick={() => change((before) => zoomed(before, 1 / zoomStep))} />
      <MapButton label={t('map.fit')} sign="⤢" onClick={onAll} />
      <MapButton label={t('map.all')} sign="▣" onClick={onSight} />
    </div>
  )
}

/** A canvas with its points, drawn anew whenever anything of them changes. */
function useLayer(area: React.RefObject<HTMLDivElement | null>, { positions, look, pinned, focus }: PointMapProps) {
  const scheme = useComputedColorScheme('light')
  const element = useRef<HTMLCanvasElement>(null)
  const layer = useRef<PointLayer | null>(null)
  const [kind, setKind] = useState<PointLayer['kind'] | null>(null)
  const [view, setView] = useState<View | null>(null)
  useEffect(() => {
    if (!element.current) return
    const made = createPointLayer(element.current, rgb(surfaces[scheme].panel))
    layer.current = made
    setKind(made.kind)
    return () => {
      layer.current = null
      made.close()
    }
  }, [scheme])
  useEffect(() => {
    const watched = area.current
    if (!watched) return
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = watched
      layer.current?.resize(width, height)
      setView((before) => (before ? resized(before, width, height) : fittedView(positions, width, height)))
    })
    observer.observe(watched)
    return () => observer.disconnect()
  }, [area, positions])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layer is filled again
  useEffect(() => {
    layer.current?.place(positions)
    if (area.current) layer.current?.resize(area.current.clientWidth, area.current.clientHeight)
  }, [positions, kind, scheme, area])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layer is filled again
  useEffect(() => layer.current?.look(look), [look, kind, scheme])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layer is filled again
  useEffect(() => {
    if (view) layer.current?.show(view)
  }, [view, kind, scheme])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever asks for the focus says when
  useEffect(() => {
    if (focus > 0 && pinned !== null) {
      setView((before) => before && centred(before, positions[2 * pinned], positions[2 * pinned + 1]))
    }
  }, [focus])
  // A canvas keeps the kind of its first context and the ground of its scheme.
  const canvas = <canvas key={scheme} ref={element} />
  return { canvas, view, setView, kind }
}

function useWheel(
  area: React.RefObject<HTMLDivElement | null>,
  setView: React.Dispatch<React.SetStateAction<View | null>>,
) {
  useEffect(() => {
    const watched = area.current
    if (!watched) return
    const turn = (event: WheelEvent) => {
      // The page stays where it is; React's own listeners could not say so.
      event.preventDefault()
      const box = watched.getBoundingClientRect()
      const factor = Math.exp(-Math.max(-100, Math.min(100, event.deltaY)) / 300)
      setView((before) => before && zoomed(before, factor, event.clientX - box.left, event.clientY - box.top))
    }
    watched.addEventListener('wheel', turn, { passive: false })
    return () => watched.removeEventListener('wheel', turn)
  }, [area, setView])
}

function keyed(key: string): ((view: View) => View) | null {
  switch (key) {
    case 'ArrowLeft':
      return (view) => panned(view, step, 0)
    case 'ArrowRight':
      return (view) => panned(view, -step, 0)
    case 'ArrowUp':
      return (view) => panned(view, 0, step)
    case 'ArrowDown':
      return (view) => panned(view, 0, -step)
    case '+':
    case '=':
      return (view) => zoomed(view, zoomStep)
    case '-':
      return (view) => zoomed(view, 1 / zoomStep)
    default:
      return null
  }
}

function lineOf(tool: Tool, corners: readonly Pixel[]): readonly Pixel[] {
  if (tool !== 'rectangle' || corners.length < 2) return corners
  return rectangle(corners[0], corners[corners.length - 1])
}

function sightOf(view: View): Pixel[] {
  const [left, top] = toData(view, 0, 0)
  const [right, bottom] = toData(view, view.width, view.height)
  return rectangle({ x: left, y: top }, { x: right, y: bottom })
}

function pixelOf(event: PointerEvent): Pixel {
  const box = event.currentTarget.getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}

function MapButton({ label, sign, onClick }: { label: string; sign: string; onClick(): void }) {
  return (
    <ActionIcon
      variant="default"
      size="sm"
      aria-label={label}
      title={label}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={onClick}
    >
      <span aria-hidden="true">{sign}</span>
    </ActionIcon>
  )
}
