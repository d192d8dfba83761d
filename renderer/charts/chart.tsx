import { useComputedColorScheme } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Brush, Geometry } from './brush'
import { BrushLayer } from './brush-layer'
import styles from './chart.module.css'
import type { Drawing } from './drawing'
import { createChart, disposeChart, type ECharts } from './echarts'
import type { Lasso, Pixel } from './lasso'
import { LassoLayer } from './lasso-layer'

interface ChartProps {
  /** What the chart shows, for those who do not see it; the table behind it has the numbers. */
  label: string
  drawing: Drawing
  brush?: Brush | undefined
  lasso?: Lasso | undefined
  /** What else lies over the drawing and takes the pointer there. */
  overlay?: ReactNode
}

/** Shows a drawing, follows its element's size and the colour scheme, and takes ranges of it. */
export function Chart({ label, drawing: { height, option, refine }, brush, lasso, overlay }: ChartProps) {
  const scheme = useComputedColorScheme('light')
  const element = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(null)
  const [geometry, setGeometry] = useState<Geometry | null>(null)
  const [pixels, setPixels] = useState<readonly Pixel[]>([])
  const points = lasso?.points
  const [columns, rows] = [brush?.columns ?? 0, brush?.rows ?? 0]

  useEffect(() => {
    if (!element.current) return
    const created = createChart(element.current, scheme)
    chart.current = created
    return () => disposeChart(created)
  }, [scheme])

  useEffect(() => {
    const drawn = chart.current
    if (!drawn || !element.current) return
    const settle = () => {
      if (refine) drawn.setOption(refine(drawn))
      setGeometry(columns > 0 ? measure(drawn, columns, rows) : null)
      setPixels(points ? pixelsOf(drawn, points) : [])
    }
    const observer = new ResizeObserver(() => {
      drawn.resize()
      settle()
    })
    drawn.setOption({ animation: false, ...option(scheme) }, { notMerge: true })
    settle()
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [option, refine, scheme, columns, rows, points])

  const showTip = (point: Pixel | null) =>
    chart.current?.dispatchAction(point ? { type: 'showTip', ...point } : { type: 'hideTip' })

  return (
    <div className={styles.chart} style={{ minHeight: height }}>
      <div ref={element} role="img" aria-label={label} className={styles.drawing} />
      {brush && geometry && <BrushLayer label={label} brush={brush} geometry={geometry} onPoint={showTip} />}
      {lasso && <LassoLayer lasso={lasso} pixels={pixels} onPoint={showTip} />}
      {overlay}
    </div>
  )
}

function pixelsOf(chart: ECharts, points: readonly Pixel[]): Pixel[] {
  return points.map((point) => {
    const [x, y] = chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [point.x, point.y])
    return { x, y }
  })
}

/** Where the cells of a drawn chart stand. A range in a single row reaches from the axis to the upper edge of the grid. */
function measure(chart: ECharts, columns: number, rows: number): Geometry {
  const x = (column: number) => chart.convertToPixel({ xAxisIndex: 0 }, column)
  const y = (row: number) => chart.convertToPixel({ yAxisIndex: 0 }, row)
  const step = (from: number, to: number, count: number, only: number) =>
    count > 1 ? (to - from) / (count - 1) : 2 * only
  const stepX = step(x(0), x(columns - 1), columns, Math.min(x(0), chart.getWidth() - x(0)))
  if (rows > 1) return { x: x(0), stepX, y: y(0), stepY: step(y(0), y(rows - 1), rows, 0) }
  const { grid } = chart.getOption() as { grid: { top: number }[] }
  const stepY = y(0) - grid[0].top
  return { x: x(0), stepX, y: grid[0].top + stepY / 2, stepY }
}
