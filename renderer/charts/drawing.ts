import type { Scheme } from '../widgets/palette'
import type { ChartOption, ECharts } from './echarts'

/** What a chart draws, on the screen and into a file. */
export interface Drawing {
  /** In pixels; on the screen at least. */
  height: number
  /** Should keep its identity for as long as what is drawn stays the same. */
  option(scheme: Scheme): ChartOption
  /** What depends on where things have been drawn, in pixels: merged after every draw and every change of size. */
  refine?(chart: ECharts): ChartOption
}
