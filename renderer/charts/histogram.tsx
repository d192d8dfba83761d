import { useMemo } from 'react'
import { useFormat } from '../locales/format'
import { palette } from '../widgets/palette'
import { type ChartColumn, ChartPanel } from './chart-panel'
import type { Drawing } from './drawing'
import { tooltip } from './tooltip'

export interface HistogramBar {
  label: string
  /** What stands below the bar: short, so that all have room. */
  tick: string
  count: number
}

interface HistogramProps {
  title: string
  /** What the bars stand for, and what they count. */
  axis: string
  counted: string
  bars: HistogramBar[]
}

/** Counts of consecutive values or intervals. */
export function Histogram({ title, axis, counted, bars }: HistogramProps) {
  const format = useFormat()
  const drawing = useMemo<Drawing>(
    () => ({
      height: 180,
      option: (scheme) => ({
        grid: { left: 8, right: 8, top: 8, bottom: 4, outerBoundsMode: 'same' },
        xAxis: {
          type: 'category',
          data: bars.map(({ tick }) => tick),
          name: axis,
          nameLocation: 'middle',
          nameGap: 22,
        },
        yAxis: {
          type: 'value',
          name: counted,
          nameGap: 10,
          nameTextStyle: { align: 'left' },
          splitNumber: 3,
          minInterval: 1,
          axisLabel: { formatter: format.count },
        },
        tooltip: tooltip('axis', scheme, ([{ dataIndex }]) => [
          `${axis}: ${bars[dataIndex].label}`,
          `${counted}: ${format.count(bars[dataIndex].count)}`,
        ]),
        series: [
          {
            type: 'bar',
            barCategoryGap: '12%',
            itemStyle: { color: palette[scheme][0] },
            data: bars.map(({ count }) => count),
          },
        ],
      }),
    }),
    [bars, axis, counted, format],
  )
  const columns: ChartColumn<HistogramBar>[] = [
    { key: 'label', heading: axis, cell: ({ label }) => label, value: ({ label }) => label },
    {
      key: 'count',
      heading: counted,
      align: 'right',
      cell: ({ count }) => format.count(count),
      value: ({ count }) => count,
    },
  ]
  return <ChartPanel title={title} drawing={drawing} columns={columns} rows={bars} keyOf={({ label }) => label} />
}
