import { expect, test } from 'vitest'
import type { RunRecord } from '../../main/contract/records'
import { collapse } from './series'

function run(id: string, index: number | null, changes: Partial<RunRecord> = {}): RunRecord {
  const series = index === null ? null : { id: 'a', kind: 'seeds', index, count: 3 }
  const made = { id, name: id, series, state: 'done', tags: [], metrics: {}, fitSeconds: 1, peakBytes: null, bytes: 5 }
  return { ...made, ...changes } as RunRecord
}

test('a series stands as one run with means, and deviations divided by n - 1', () => {
  const alone = run('z', null)
  const runs = [
    run('b', 1, { metrics: { map: 0.2, rmse: 1 }, fitSeconds: 2, tags: ['x'] }),
    alone,
    run('a', 0, { metrics: { map: 0.1, rmse: 1 }, tags: ['x', 'y'] }),
    run('c', 2, { metrics: { map: 0.6 }, fitSeconds: 6, tags: ['x'] }),
  ]
  const [{ run: whole, series }, other] = collapse(runs)
  expect(other).toEqual({ run: alone, series: null })
  expect(whole).toMatchObject({ id: 'a', name: 'a ×3', state: 'done', fitSeconds: 3, peakBytes: null, bytes: 15 })
  expect(whole.tags).toEqual(['x'])
  expect(whole.metrics, 'a metric that one run lacks has no mean').toEqual({ map: expect.closeTo(0.3, 12) })
  // (0.04 + 0.01 + 0.09) / 2
  expect(series).toMatchObject({ kind: 'seeds', trained: 3, deviations: { map: expect.closeTo(Math.sqrt(0.07), 12) } })
  expect(series?.runs.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('runs that are not trained yet count for nothing, and one value has no deviation', () => {
  const [{ run: whole, series }] = collapse([run('a', 0, { metrics: { map: 0.4 } }), run('b', 1, { state: 'running' })])
  expect([whole.state, whole.metrics, series?.trained, series?.deviations]).toEqual(['running', { map: 0.4 }, 1, {}])
})

test('what is left of a series alone is a run like any other', () => {
  const left = run('b', 1)
  expect(collapse([left])).toEqual([{ run: left, series: null }])
})
