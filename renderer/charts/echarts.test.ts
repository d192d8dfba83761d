import { setPlatformAPI } from 'echarts/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createChart, disposeChart, type ECharts } from './echarts'

const frame = 16
/** Milliseconds; a frame's painting stops after 15, so that it takes several frames. */
const paintingOfAPoint = 1

beforeEach(() => {
  setPlatformAPI({ createCanvas: slowCanvas })
  painted = 0
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
})

afterEach(() => {
  vi.useRealTimers()
})

const nothing = () => undefined

let painted = 0

/** A canvas on which each point takes its time. */
function slowCanvas(): HTMLCanvasElement {
  const calls: Record<string, unknown> = {
    fill: () => {
      painted++
      vi.setSystemTime(Date.now() + paintingOfAPoint)
    },
    measureText: (text: string) => ({ width: 6 * text.length }),
  }
  const context = new Proxy(calls, { get: (known, name: string) => known[name] ?? nothing })
  const canvas = {
    nodeName: 'CANVAS',
    width: 600,
    height: 400,
    style: {},
    getContext: () => context,
    setAttribute: nothing,
    addEventListener: nothing,
    removeEventListener: nothing,
  }
  return canvas as unknown as HTMLCanvasElement
}

function largeDrawing(points: number): ECharts {
  const chart = createChart(slowCanvas(), 'light')
  const data = Array.from({ length: points }, (_, point) => [point % 70, Math.floor(point / 70)])
  chart.setOption({ animation: false, xAxis: {}, yAxis: {}, series: [{ type: 'scatter', data }] })
  return chart
}

test('a chart that ends while it is being painted is painted no further', () => {
  const chart = largeDrawing(4000)
  vi.advanceTimersByTime(2 * frame)
  disposeChart(chart)
  const until = painted
  expect(until).toBeLessThan(4000)
  vi.advanceTimersByTime(10 * frame)
  expect(painted).toBe(until)
})
