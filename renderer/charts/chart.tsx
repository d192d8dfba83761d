import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Scheme } from '../widgets/palette'
import { type ChartOption, createChart, type ECharts } from './echarts'

interface ChartProps {
  /** What the chart shows, for those who do not see it; the table behind it has the numbers. */
  label: string
  height: number
  option(scheme: Scheme): ChartOption
}

/** Draws an option, follows its element's size and the colour scheme. `option` should keep its identity between draws. */
export function Chart({ label, height, option }: ChartProps) {
  const scheme = useComputedColorScheme('light')
  const element = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)

  useEffect(() => {
    if (!element.current) return
    const created = createChart(element.current, scheme)
    chart.current = created
    const observer = new ResizeObserver(() => created.resize())
    observer.observe(element.current)
    return () => {
      observer.disconnect()
      created.dispose()
      chart.current = null
    }
  }, [scheme])

  useEffect(() => {
    chart.current?.setOption({ animation: false, ...option(scheme) }, { notMerge: true })
  }, [option, scheme])

  return <div ref={element} role="img" aria-label={label} style={{ height }} />
}
