import { expect, test } from 'vitest'
import type { RunRecord } from '../../main/contract/records'
import { arrange, isShown, opened, type RunFilter, type RunRow, ranksOf, rowsOf, runsOf } from './leaderboard'

function run(id: string, changes: Partial<RunRecord> = {}): RunRecord {
  return { id, name: id, model: 'ials', tags: [], notes: '', state: 'done', metrics: {}, ...changes } as RunRecord
}

const everything: RunFilter = { text: '', model: '', tag: '', state: 'current' }

test('a filter asks for text, model, tag and state, all of them', () => {
  const wide = run('Wide', { tags: ['keep'], notes: 'for the paper' })
  const shown = (filter: Partial<RunFilter>, of = wide) => isShown(of, { ...everything, ...filter })
  expect(shown({})).toBe(true)
  for (const text of ['wid', ' PAPER ', 'keep', 'ials']) expect(shown({ text }), text).toBe(true)
  expect(shown({ text: 'narrow' })).toBe(false)
  expect([shown({ model: 'ials' }), shown({ model: 'ease' })]).toEqual([true, false])
  expect([shown({ tag: 'keep' }), shown({ tag: 'kee' })]).toEqual([true, false])
  expect(shown({ text: 'wide', tag: 'other' })).toBe(false)
})

test('runs that gave no model are shown where they are asked for', () => {
  const states = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
  const shown = (state: RunFilter['state']) =>
    states.filter((each) => isShown(run('a', { state: each }), { ...everything, state }))
  expect(shown('current')).toEqual(['queued', 'running', 'done'])
  expect(shown('done')).toEqual(['done'])
  expect(shown('training')).toEqual(['queued', 'running'])
  expect(shown('failed')).toEqual(['failed', 'cancelled'])
})

test('equal values share a place and the next one is left out', () => {
  const runs = [0.2, 0.4, 0.4, Number.NaN, 0.1].map((value, at) => run(`r${at}`, { metrics: { map: value } }))
  const places = (isLessBetter: boolean) => Object.fromEntries(ranksOf([...runs, run('none')], 'map', isLessBetter))
  expect(places(false)).toEqual({ r1: 1, r2: 1, r0: 3, r4: 4 })
  expect(places(true)).toEqual({ r4: 1, r0: 2, r1: 3, r2: 3 })
})

test('pinned runs stand first, sorted like the others; a run without a value stands last', () => {
  const rows: RunRow[] = [1, 5, null, 3, 4].map((value, at) => ({
    kind: 'run',
    key: `r${at}`,
    run: run(`r${at}`, { metrics: value === null ? {} : { map: value } }),
    series: null,
    isNested: false,
    groupKey: 'g',
    rank: null,
  }))
  const order = { sortBy: ({ run: { metrics } }: RunRow) => metrics.map ?? null, pinned: new Set(['r0', 'r3']) }
  const keys = (direction: 'ascending' | 'descending') => arrange(rows, { ...order, direction }).map(({ key }) => key)
  expect(keys('descending')).toEqual(['r3', 'r0', 'r1', 'r4', 'r2'])
  expect(keys('ascending')).toEqual(['r0', 'r3', 'r4', 'r1', 'r2'])
})

test('a series is one row, ranked by its mean, with its runs below where it is opened', () => {
  const repeated = (id: string, index: number, map: number) =>
    run(id, { metrics: { map }, series: { id: 'a', kind: 'seeds', index, count: 2 } })
  const runs = [repeated('a', 0, 0.9), run('b', { metrics: { map: 0.5 } }), repeated('c', 1, 0.3)]
  const rows = rowsOf('g', runs, 'map', false)
  expect(rows.map(({ key, rank }) => [key, rank])).toEqual([
    ['series:a', 1],
    ['b', 2],
  ])
  expect(rows.map((row) => runsOf(row).map(({ id }) => id))).toEqual([['a', 'c'], ['b']])
  const shown = opened(rows, new Set(['series:a']))
  expect(shown.map(({ key, rank, isNested }) => [key, rank, isNested])).toEqual([
    ['series:a', 1, false],
    ['a', null, true],
    ['c', null, true],
    ['b', 2, false],
  ])
})
