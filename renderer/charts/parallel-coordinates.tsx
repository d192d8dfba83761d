import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useMemo } from 'react'
import { ramp, type Scheme, surfaces } from '../widgets/palette'
import type { Cell, Range } from './brush'
import { BrushLayer } from './brush-layer'
import styles from './chart.module.css'
import { type ChartColumn, ChartPanel } from './chart-panel'
import type { Drawing } from './drawing'
import { plain } from './tooltip'

/** An upright axis from 0 below to 1 above; what stands there is written beside it. */
export interface ParallelAxis {
  key: string
  name: string
  ticks: readonly { at: number; label: string }[]
  /** How many equal parts of it can be chosen. */
  cells: number
}

export interface ParallelLine {
  key: string
  /** Where it crosses each axis, 0 to 1. */
  places: readonly number[]
  /** 0 to 1: the stronger, the further it is from the ground. */
  strength: number
  /** The others step back. */
  chosen: boolean
}

/** A part of an axis, both ends included. */
export interface Span {
  from: number
  to: number
}

interface ParallelCoordinatesProps {
  title: string
  note?: string
  axes: readonly ParallelAxis[]
  lines: readonly ParallelLine[]
  spans: ReadonlyMap<string, Span>
  onSpan(axis: string, span: Span | null): void
  /** A part of an axis in words. */
  describe(axis: ParallelAxis, span: Span): string
  columns: ChartColumn<ParallelLine>[]
  /** In pixels. */
  height?: number
}

const edges = { left: 70, right: 70, top: 34, bottom: 16 }
const stripWidth = 34

/** Lines across upright axes, one for each thing; a part of any axis can be chosen, by drag and by keyboard. */
export function ParallelCoordinates(props: ParallelCoordinatesProps) {
  const { title, note, axes, lines, columns, height = 320 } = props
  // Drawn anew only where what is shown has changed.
  const shown = JSON.stringify([axes, lines])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the axes and lines
  const drawing = useMemo<Drawing>(
    () => ({ height, option: (scheme) => optionOf(axes, lines, scheme) }),
    [shown, height],
  )
  return (
    <ChartPanel
      title={title}
      note={note}
      drawing={drawing}
      columns={columns}
      rows={lines}
      keyOf={({ key }) => key}
      overlay={<Strips {...props} height={height} />}
    />
  )
}

function optionOf(axes: readonly ParallelAxis[], lines: readonly ParallelLine[], scheme: Scheme) {
  const colours = ramp[scheme].slice(1)
  const { dim, line, shade, panel } = surfaces[scheme]
  return {
    parallel: edges,
    parallelAxis: axes.map(({ name, ticks }, at) => ({
      dim: at,
      type: 'value',
      min: 0,
      max: 1,
      name: plain(name),
      nameGap: 12,
      nameTruncate: { maxWidth: 130, ellipsis: '…' },
      nameTextStyle: { color: dim, fontSize: 11 },
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: true, customValues: ticks.map(({ at }) => at), lineStyle: { color: line } },
      axisLabel: {
        color: dim,
        backgroundColor: panel,
        padding: [1, 3],
        fontSize: 11,
        customValues: ticks.map(({ at }) => at),
        formatter: (place: number) => plain(nearest(ticks, place)),
      },
    })),
    series: {
      type: 'parallel',
      smooth: 0.15,
      silent: true,
      // What is chosen is drawn last, the strongest on top.
      data: lines
        .toSorted((a, b) => Number(a.chosen) - Number(b.chosen) || a.strength - b.strength)
        .map(({ places, strength, chosen }) => ({
          value: places,
          lineStyle: chosen
            ? { color: colours[Math.round(strength * (colours.length - 1))], width: 1.6, opacity: 0.85 }
            : { color: shade, width: 1, opacity: 0.35 },
        })),
    },
  }
}

function nearest(ticks: ParallelAxis['ticks'], place: number): string {
  return ticks.reduce((best, tick) => (Math.abs(tick.at - place) < Math.abs(best.at - place) ? tick : best)).label
}

/** Over each axis a strip in which a part of it is chosen. */
function Strips({ title, axes, spans, onSpan, describe, height }: ParallelCoordinatesProps & { height: number }) {
  const scheme = useComputedColorScheme('light')
  const { ref, width } = useElementSize()
  const [wide, high] = [width - edges.left - edges.right, height - edges.top - edges.bottom]
  return (
    <div ref={ref} className={styles.strips} data-scheme={scheme}>
      {width > 0 &&
        axes.map((axis, at) => (
          <div
            key={axis.key}
            className={styles.strip}
            style={{
              left: edges.left + (axes.length > 1 ? (wide * at) / (axes.length - 1) : wide / 2) - stripWidth / 2,
              top: edges.top,
              width: stripWidth,
              height: high,
            }}
          >
            <BrushLayer
              label={`${title}, ${axis.name}`}
              geometry={{
                x: stripWidth / 2,
                stepX: stripWidth - 14,
                y: high / axis.cells / 2,
                stepY: high / axis.cells,
              }}
              brush={{
                columns: 1,
                rows: axis.cells,
                range: rangeOf(axis, spans.get(axis.key)),
                onBrush: (range) => onSpan(axis.key, range && spanOf(axis, range)),
                describe: (range) => describe(axis, spanOf(axis, range)),
              }}
              onPoint={() => {}}
            />
          </div>
        ))}
    </div>
  )
}

/** Cells are counted from above. */
export function spanOf({ cells }: Pick<ParallelAxis, 'cells'>, { first, last }: Range): Span {
  return { from: 1 - (last[1] + 1) / cells, to: 1 - first[1] / cells }
}

export function rangeOf({ cells }: Pick<ParallelAxis, 'cells'>, span: Span | undefined): Range | null {
  if (!span) return null
  const cell = (row: number): Cell => [0, Math.round(row)]
  return { first: cell((1 - span.to) * cells), last: cell((1 - span.from) * cells - 1) }
}
