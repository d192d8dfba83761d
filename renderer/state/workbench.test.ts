import { describe, expect, test } from 'vitest'
import type { Event } from '../../main/contract/calls'
import type { DatasetRecord, JobRecord, RunRecord } from '../../main/contract/records'
import { applyEvent, byId, chooseDataset, emptyWorkbench, newestFirst, type Workbench } from './workbench'

const dataset = (id: string, second = 0) =>
  ({ id, name: id, createdAt: new Date(second * 1000).toISOString() }) as DatasetRecord
const run = (id: string, datasetId = 'd') => ({ id, datasetId, createdAt: '', state: 'done' }) as RunRecord
const job = (id: string, changes: Partial<JobRecord>) => ({ id, kind: 'load', subject: null, ...changes }) as JobRecord

const told = (state: Workbench, ...events: Event[]) => events.reduce(applyEvent, state)
const runEvent = (record: RunRecord): Event => ({ name: 'run', key: record.id, value: { id: record.id, record } })
const datasetEvent = (id: string, record: DatasetRecord | null): Event => ({
  name: 'dataset',
  key: id,
  value: { id, record },
})
const jobEvent = (record: JobRecord): Event => ({ name: 'job', key: record.id, value: record })

describe('events', () => {
  test('carry whole records: the newest wins, and null deletes', () => {
    const state = told(emptyWorkbench, runEvent(run('a')), runEvent({ ...run('a'), name: 'again' }), runEvent(run('b')))
    expect([...state.runs.keys()]).toEqual(['a', 'b'])
    expect(state.runs.get('a')?.name).toBe('again')
    const deleted = told(state, { name: 'run', key: 'a', value: { id: 'a', record: null } })
    expect([...deleted.runs.keys()]).toEqual(['b'])
    expect([...deleted.colours.keys()]).toEqual(['b'])
    expect([...state.runs.keys()], 'states before are not touched').toEqual(['a', 'b'])
  })

  test('ids are never mistaken for properties', () => {
    const state = told(emptyWorkbench, runEvent(run('__proto__')), runEvent(run('constructor')))
    expect([...state.runs.keys()]).toEqual(['__proto__', 'constructor'])
  })

  test('a notice changes nothing', () => {
    const value = { id: 'n', level: 'info', message: '', data: {} } as const
    expect(applyEvent(emptyWorkbench, { name: 'notice', key: 'n', value })).toBe(emptyWorkbench)
  })
})

test('the curve of a run in training grows by what its job reports, until the record holds it', () => {
  const training = { ...run('a'), state: 'running', curve: [{ epoch: 1, values: { loss: 3 } }] } as RunRecord
  const epoch = (at: number, loss: number) =>
    jobEvent(
      job('j', {
        kind: 'train',
        subject: 'a',
        progress: { epoch: at, values: { loss } } as unknown as JobRecord['progress'],
      }),
    )
  const state = told(emptyWorkbench, runEvent(training), epoch(2, 2), epoch(3, 1))
  expect(state.curves.get('a')?.map(({ values }) => values.loss)).toEqual([3, 2, 1])
  expect(told(state, runEvent({ ...training, state: 'done' })).curves.size).toBe(0)
})

describe('the dataset in force', () => {
  const two = chooseDataset({ ...emptyWorkbench, datasets: byId([dataset('old', 1), dataset('new', 2)]) })

  test('is the newest where nothing was chosen', () => {
    expect(two.datasetInForce).toBe('new')
  })

  test('stays while it exists, and falls back when it is deleted', () => {
    const chosen = { ...two, datasetInForce: 'old' }
    expect(told(chosen, datasetEvent('third', dataset('third', 3))).datasetInForce).toBe('old')
    expect(told(chosen, datasetEvent('old', null)).datasetInForce).toBe('new')
    expect(told(chosen, datasetEvent('old', null), datasetEvent('new', null)).datasetInForce).toBe(null)
  })

  test('becomes the one that a job has just read, once', () => {
    const done = jobEvent(job('j', { state: 'done', subject: 'old' }))
    const opened = told(two, jobEvent(job('j', { state: 'running' })), done)
    expect(opened.datasetInForce).toBe('old')
    expect(told({ ...opened, datasetInForce: 'new' }, done).datasetInForce).toBe('new')
  })

  test('is not changed by other jobs', () => {
    const state = told(two, jobEvent(job('j', { kind: 'train', state: 'done', subject: 'run-1' })))
    expect(state.datasetInForce).toBe('new')
  })
})

test('records are ordered by time, then by the numbers in their ids', () => {
  const records = ['job-2', 'job-10', 'job-1'].map((id) => ({ id, createdAt: 'same' }))
  expect(newestFirst(records).map(({ id }) => id)).toEqual(['job-10', 'job-2', 'job-1'])
})
