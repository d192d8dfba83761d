import { expect, test } from 'vitest'
import { type Candidate, rank } from './rank'

const entry = (
  id: string,
  group: Candidate['group'],
  title: string,
  asker: string | null = null,
  keywords = '',
): Candidate => ({
  id,
  group,
  title,
  asker,
  keywords,
})

const entries = [
  entry('goData', 'screens', 'Go to Data', null, 'import'),
  entry('goTrain', 'screens', 'Go to Train'),
  entry('openFile', 'data', 'Open a file', null, 'import data'),
  entry('deleteRun', 'runs', 'Delete run', null, 'remove a run such as ials'),
  entry('deleteRun ials-1', 'runs', 'Delete run › ials-1', 'deleteRun'),
]

const ids = (query: string, recent: string[] = [], limit = 60) =>
  rank(entries, query, recent, limit).map(({ group, entries }) => [group, ...entries.map(({ id }) => id)])

test('without a query: what was run last, then each command once', () => {
  expect(ids('', ['deleteRun ials-1', 'goTrain', 'gone'])).toEqual([
    [null, 'deleteRun ials-1', 'goTrain'],
    ['screens', 'goData'],
    ['data', 'openFile'],
    ['runs', 'deleteRun'],
  ])
})

test('with a query: the best first, titles before keywords', () => {
  expect(ids('data')).toEqual([
    ['screens', 'goData'],
    ['data', 'openFile'],
  ])
  expect(ids('ials')).toEqual([['runs', 'deleteRun ials-1', 'deleteRun']])
  expect(ids('nothing like it')).toEqual([])
})

test('a command that asks for a thing stands for all its things until the query names one', () => {
  expect(ids('delete')).toEqual([['runs', 'deleteRun']])
  expect(ids('delete', ['deleteRun ials-1'])).toEqual([['runs', 'deleteRun']])
  expect(ids('delete ials')).toEqual([['runs', 'deleteRun ials-1', 'deleteRun']])
})

test('among equals, what was run last comes first', () => {
  expect(ids('go to', ['goTrain'])).toEqual([['screens', 'goTrain', 'goData']])
})

test('shows no more than the limit', () => {
  expect(ids('', [], 1)).toHaveLength(3)
  expect(ids('go to', [], 1)).toEqual([['screens', 'goData']])
})
