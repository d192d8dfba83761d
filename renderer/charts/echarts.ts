import { BarChart, CustomChart, HeatmapChart, LineChart, ParallelChart, ScatterChart } from 'echarts/charts'
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  ParallelComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import { type ECharts, type EChartsCoreOption, init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import { fontFamily } from '../theme'
import { palette, type Scheme, surfaces } from '../widgets/palette'

use([
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  ParallelChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  ParallelComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
  LabelLayout,
  CanvasRenderer,
  SVGRenderer,
])

export type ChartOption = EChartsCoreOption
export type { ECharts }

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
    title: { left: 8, top: 6, textStyle: { color: ink, fontSize: 13, fontWeight: 600 } },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    logAxis: axis,
  }
}

/** A chart within an element, drawn in a scheme. */
export function createChart(element: HTMLElement, scheme: Scheme): ECharts {
  return init(element, themeOf(scheme), { renderer: 'canvas' })
}

/** A chart that no page shows, on the scheme's panel: for files. */
export function createOffscreenChart(
  renderer: 'canvas' | 'svg',
  scheme: Scheme,
  size: { width: number; height: number },
): ECharts {
  const theme = { ...themeOf(scheme), backgroundColor: surfaces[scheme].panel }
  return renderer === 'svg'
    ? init(null, theme, { renderer, ssr: true, ...size })
    : init(document.createElement('div'), theme, { renderer, ...size })
}

/**
 * Ends a chart. A large drawing is painted over several frames, and ECharts 6.1.0 goes on with the rest after its end, on layers that are gone:
 * clearing it first takes the place of the rest.
 */
export function disposeChart(chart: ECharts): void {
  chart.clear()
  chart.dispose()
}
