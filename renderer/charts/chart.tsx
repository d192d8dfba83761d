import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Drawing } from './drawing'
import { createChart } from './echarts'

interface ChartProps {
  /** What the chart shows, for those who do not see it; the table behind it has the numbers. */
  label: string
  drawing: Drawing
}

/** Shows a drawing, follows its element's size and the colour scheme. */
export function Chart({ label, drawing: { height, option, refine } }: ChartProps) {
  const scheme = useComputedColorScheme('light')
  const element = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!element.current) return
    const chart = createChart(element.current, scheme)
    const settle = () => refine && chart.setOption(refine(chart))
    const observer = new ResizeObserver(() => {
      chart.resize()
      settle()
    })
    chart.setOption({ animation: false, ...option(scheme) })
    settle()
    observer.observe(element.current)
    return () => {
      observer.disconnect()
      chart.dispose()
    }
  }, [option, refine, scheme])

  return <div ref={element} role="img" aria-label={label} style={{ height }} />
}
