import { html, type Markup } from './markup'

const width = 520
const height = 140
/** Room below the plot for the labels of its ends, and above for the largest value. */
const margin = { top: 16, bottom: 18 }
const plot = height - margin.top - margin.bottom

export interface Bar {
  /** As a person reads it. */
  label: string
  count: number
  /** As a person reads it. */
  text: string
}

/** Bars of equal width from zero, the largest one labelled, the ends of the axis below. */
export function barChart(title: string, bars: readonly Bar[]): Markup {
  if (bars.length === 0) return html``
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const largest = bars.find(({ count }) => count === most)
  const step = width / bars.length
  const gap = Math.min(2, step / 5)
  const drawn = bars.map(({ label, count, text }, at) => {
    const tall = (plot * count) / most
    const place = html`x="${round(at * step)}" y="${round(margin.top + plot - tall)}"`
    return html`<rect class="bar" ${place} width="${round(step - gap)}" height="${round(tall)}"><title>${label}: ${text}</title></rect>`
  })
  return frame(title, [
    ...drawn,
    label(0, margin.top - 5, 'start', largest?.text ?? ''),
    ...axisEnds(bars[0].label, bars.at(-1)?.label ?? ''),
  ])
}

/** Lines of points with x and y from 0 to 1 below the diagonal; their names stand above it. */
export function lorenzChart(
  title: string,
  curves: readonly { name: string; points: readonly (readonly [number, number])[] }[],
): Markup {
  const lines = curves.map(({ points }, at) => {
    const path = points.map(([x, y]) => `${round(x * width)},${round(margin.top + plot * (1 - y))}`).join(' ')
    return html`<polyline class="line line-${at}" points="${path}"/>`
  })
  const names = curves.map(
    ({ name }, at) => html`<text class="line-${at}" x="0" y="${margin.top + 10 + 16 * at}">${name}</text>`,
  )
  const diagonal = html`<line class="axis" x1="0" y1="${margin.top + plot}" x2="${width}" y2="${margin.top}"/>`
  return frame(title, [diagonal, ...lines, ...names, ...axisEnds('0 %', '100 %')])
}

/** A cell for each row and column, the darker the more. */
export function heatMap(
  title: string,
  rows: readonly string[],
  cells: readonly (readonly number[])[],
  text: (count: number) => string,
): Markup {
  const most = Math.max(1, ...cells.flat())
  const left = 36
  const [step, tall] = [(width - left) / cells[0].length, plot / rows.length]
  const drawn = cells.flatMap((row, weekday) =>
    row.map((count, hour) => {
      const place = html`x="${round(left + hour * step)}" y="${round(margin.top + weekday * tall)}"`
      return html`<rect class="cell" ${place} width="${round(step - 1)}" height="${round(tall - 1)}" fill-opacity="${round(count / most)}"><title>${rows[weekday]} ${hour}:00: ${text(count)}</title></rect>`
    }),
  )
  const names = rows.map((name, weekday) => label(0, margin.top + (weekday + 0.75) * tall, 'start', name))
  const hours = [0, 6, 12, 18].map((hour) => label(left + hour * step, height - 4, 'start', `${hour}:00`))
  return frame(title, [...drawn, ...names, ...hours])
}

function frame(title: string, content: readonly Markup[]): Markup {
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}"><line class="axis" x1="0" y1="${margin.top + plot}" x2="${width}" y2="${margin.top + plot}"/>${content}</svg>`
}

function axisEnds(first: string, last: string): Markup[] {
  return [label(0, height - 4, 'start', first), label(width, height - 4, 'end', last)]
}

function label(x: number, y: number, anchor: string, text: string): Markup {
  return html`<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${text}</text>`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
