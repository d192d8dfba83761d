import { expect, test } from 'vitest'
import type { RunRecord } from '../../main/contract/records'
import { byId, emptyWorkbench, type Workbench } from '../state/workbench'
import { followDeleted } from './deleted'

const nothing = { datasets: [], runs: [], selections: [], studies: [] }
const workbench = (path: string, ...runs: string[]): Workbench => ({
  ...emptyWorkbench,
  workspace: { path, name: path, version: '' },
  runs: byId(runs.map((id) => ({ id }) as RunRecord)),
})
const ids = ({ runs }: { runs: readonly RunRecord[] }) => runs.map(({ id }) => id)

test('what goes is remembered, what comes back is forgotten', () => {
  const [all, one, none] = [workbench('a', 'x', 'y'), workbench('a', 'y'), workbench('a')]
  const first = followDeleted(nothing, all, one)
  expect(ids(first)).toEqual(['x'])
  const both = followDeleted(first, one, none)
  expect(ids(both)).toEqual(['x', 'y'])
  expect(ids(followDeleted(both, none, workbench('a', 'x')))).toEqual(['y'])
})

test('another workspace has deleted nothing', () => {
  expect(followDeleted(nothing, workbench('a', 'x'), workbench('b'))).toEqual(nothing)
})
