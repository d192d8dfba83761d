import { expect, test } from 'vitest'
import { tooltip } from './tooltip'

test('a tooltip is text on the canvas, whatever the data holds', () => {
  const made = tooltip('axis', 'light', (points) => points.map(({ seriesName }) => seriesName))
  expect(made.renderMode).toBe('richText')
  const point = { seriesName: '<img src=x onerror=alert(1)> {a|b}', seriesIndex: 0, dataIndex: 0 }
  expect(made.formatter([point, { ...point, seriesName: 'second' }])).toBe('<img src=x onerror=alert(1)> ❴a|b❵\nsecond')
  expect(made.formatter(point)).toContain('<img')
})

test('a line of a tooltip has an end', () => {
  const made = tooltip('axis', 'light', () => ['x'.repeat(10_000), 'short'])
  const [first, second] = made.formatter({ seriesName: '', seriesIndex: 0, dataIndex: 0 }).split('\n')
  expect([first.length, second]).toEqual([120, 'short'])
})
