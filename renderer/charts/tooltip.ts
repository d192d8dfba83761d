import { fontFamily } from '../theme'
import { type Scheme, surfaces } from '../widgets/palette'

/**
 * The one tooltip of all charts. It is drawn on the canvas as text, so that data values can never become markup;
 * braces, which ECharts reads as its own styling, are replaced by look-alikes.
 */
export function tooltip(trigger: 'axis' | 'item', scheme: Scheme, lines: (params: TooltipPoint[]) => string[]) {
  const { panel, line, ink } = surfaces[scheme]
  return {
    trigger,
    renderMode: 'richText',
    confine: true,
    backgroundColor: panel,
    borderColor: line,
    borderWidth: 1,
    padding: [6, 9],
    textStyle: { color: ink, fontSize: 11.5, fontFamily },
    axisPointer: { type: 'line', lineStyle: { color: line } },
    formatter: (params: unknown) =>
      plain(
        lines([params].flat() as TooltipPoint[])
          .map(shorten)
          .join('\n'),
      ),
  }
}

const longestLine = 120

function shorten(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine - 1)}…` : line
}

export interface TooltipPoint {
  seriesName: string
  seriesIndex: number
  dataIndex: number
}

/** Text in which ECharts finds nothing of its own to interpret. */
export function plain(text: string): string {
  return text.replaceAll('{', '❴').replaceAll('}', '❵')
}
