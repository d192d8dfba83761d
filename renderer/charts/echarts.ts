import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { fontFamily } from '../theme'
import { palette, type Scheme, surfaces } from '../widgets/palette'

use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer])

export type ChartOption = EChartsCoreOption
export type { ECharts } from 'echarts/core'

const fontSize = 11

/** The look of all charts: quiet axes, the palette, no motion. */
function themeOf(scheme: Scheme) {
  const { line, ink, dim } = surfaces[scheme]
  const text = { color: dim, fontSize }
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: text,
    nameTextStyle: text,
    splitLine: { lineStyle: { color: line } },
  }
  return {
    color: [...palette[scheme]],
    backgroundColor: 'transparent',
    textStyle: { fontFamily, color: ink, fontSize },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
  }
}

/** A chart within an element, drawn in a scheme. */
export function createChart(element: HTMLElement, scheme: Scheme) {
  return init(element, themeOf(scheme), { renderer: 'canvas' })
}
