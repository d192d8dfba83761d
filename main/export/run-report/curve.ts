import { html, type Markup } from '../profile-report/markup'

const [width, height] = [520, 140]
const [top, plot] = [16, 106]

/** A line over epochs, its ends labelled. */
export function curveChart(title: string, points: readonly (readonly [epoch: number, value: number])[]): Markup {
  const [epochs, values] = [points.map(([epoch]) => epoch), points.map(([, value]) => value)]
  const [first, last] = [Math.min(...epochs), Math.max(...epochs)]
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const place = ([epoch, value]: readonly [number, number]) => {
    const x = ((epoch - first) / (last - first || 1)) * width
    const y = top + plot * (1 - (value - least) / (most - least || 1))
    return `${x.toFixed(1)},${y.toFixed(1)}`
  }
  const base = top + plot
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
<line class="axis" x1="0" y1="${base}" x2="${width}" y2="${base}"/>
<polyline class="line line-0" points="${points.map(place).join(' ')}"/>
<text x="0" y="${top - 5}">${most.toPrecision(4)}</text>
<text x="0" y="${base - 4}">${least.toPrecision(4)}</text>
<text x="0" y="${height - 4}">${first}</text>
<text x="${width}" y="${height - 4}" text-anchor="end">${last}</text></svg>`
}
