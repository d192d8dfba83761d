import type { Scheme } from '../widgets/palette'
import type { Drawing } from './drawing'
import { createOffscreenChart, disposeChart } from './echarts'
import { plain } from './tooltip'

export type ImageFormat = 'png' | 'svg'

const width = 900
const titleHeight = 30
/** Sharp in print and on dense screens. */
const pixelRatio = 2

/** A drawing under its title, 900 pixels wide (a PNG twice as many), in the colours of a scheme. */
export async function drawImage(
  format: ImageFormat,
  { height, option, refine }: Drawing,
  title: string,
  scheme: Scheme,
): Promise<Blob> {
  const size = { width, height: height + titleHeight }
  const chart = createOffscreenChart(format === 'svg' ? 'svg' : 'canvas', scheme, size)
  try {
    const { grid, ...rest } = option(scheme) as { grid: { top: number } }
    const lowered = { ...grid, top: grid.top + titleHeight }
    chart.setOption({ animation: false, ...rest, grid: lowered, title: { text: plain(title) } })
    if (refine) chart.setOption(refine(chart))
    if (format === 'svg') return new Blob([chart.renderToSVGString()], { type: 'image/svg+xml' })
    const canvas = chart.renderToCanvas({ pixelRatio })
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the image could not be written')))),
    )
  } finally {
    disposeChart(chart)
  }
}

/** Hands a file to the user. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

/** A title as a file's name: no character that a system refuses. */
export function fileNameOf(title: string, ending: string): string {
  const name = title
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  return `${name.slice(0, 80).trim() || 'chart'}.${ending}`
}
