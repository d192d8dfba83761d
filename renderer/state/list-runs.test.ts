import { beforeEach, expect, test } from 'vitest'
import type { RunRecord } from '../../main/contract/records'
import { chooseListRuns, runsWithLists, shownRuns, toggleListRun, useListRuns } from './list-runs'
import { byId, emptyWorkbench, useWorkbench } from './workbench'

const run = (number: number, changes: Partial<RunRecord> = {}) =>
  ({ id: `r${number}`, datasetId: 'd', state: 'done', createdAt: `2026-01-0${number}`, ...changes }) as RunRecord
const runs = runsWithLists(
  {
    runs: byId(
      [1, 2, 3, 4, 5].map((number) => run(number)).concat(run(6, { state: 'failed' }), run(7, { datasetId: 'e' })),
    ),
  },
  'd',
)
const ids = (shown: RunRecord[]) => shown.map(({ id }) => id)
const shown = () => ids(shownRuns(runs, useListRuns.getState().chosen))

beforeEach(() => chooseListRuns(null))

test('without a choice the four newest that are trained on the dataset', () => {
  expect(shown()).toEqual(['r5', 'r4', 'r3', 'r2'])
  expect(ids(shownRuns(runs, null, runs[4]))).toEqual(['r1', 'r5', 'r4', 'r3'])
})

test('a run is added and taken away; none is a choice too', () => {
  toggleListRun(runs, 'r1')
  toggleListRun(runs, 'r4')
  expect(shown()).toEqual(['r5', 'r3', 'r2', 'r1'])
  for (const id of shown()) toggleListRun(runs, id)
  expect(shown()).toEqual([])
})

test('another dataset is another choice', () => {
  toggleListRun(runs, 'r4')
  useWorkbench.setState({ ...emptyWorkbench, datasetInForce: 'e' })
  expect(useListRuns.getState().chosen).toBe(null)
})
