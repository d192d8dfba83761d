import { beforeEach, expect, test, vi } from 'vitest'
import type { CallName, EngineClient, Event } from '../../main/contract/calls'
import type { DatasetRecord, RunRecord } from '../../main/contract/records'
import { changeExperiment, readExperiment } from './draft'
import { newExperiment } from './experiment'
import { remember, useMemory } from './memory'
import { openSession } from './session'
import { emptyWorkbench, useWorkbench } from './workbench'

vi.mock('@mantine/notifications', () => ({ notifications: { show: vi.fn() } }))

const run = (id: string, name: string) => ({ id, name, datasetId: 'd', createdAt: '', state: 'running' }) as RunRecord
const runEvent = (id: string, name: string): Event => ({ name: 'run', key: id, value: { id, record: run(id, name) } })

/** An engine whose answers wait until the test gives them. */
function engine() {
  const answers = new Map<CallName, ((value: unknown) => void)[]>()
  const written: unknown[] = []
  let listener: (event: Event) => void = () => {}
  const client: EngineClient = {
    call(name, input) {
      if (name === 'workspace.remember') written.push(Object.values(input))
      return new Promise((resolve) => answers.set(name, [...(answers.get(name) ?? []), resolve as never]))
    },
    subscribe(added) {
      listener = added
      return () => {}
    },
    closed: new Promise(() => {}),
    close() {},
  }
  async function answer(name: CallName, value: unknown) {
    await vi.waitFor(() => expect(answers.get(name)?.length).toBeGreaterThan(0))
    answers.get(name)?.shift()?.(value)
  }
  async function answerAll(
    path: string,
    runs: RunRecord[],
    settings: Record<string, unknown> = {},
    datasets: DatasetRecord[] = [],
  ) {
    await answer('workspace.hello', { path, name: path, version: '1' })
    await answer('workspace.settings', settings)
    for (const name of ['models.list', 'jobs.list', 'selections.list', 'studies.list'] as const) await answer(name, [])
    await answer('datasets.list', datasets)
    await answer('runs.list', runs)
  }
  return { client, written, answerAll, tell: (event: Event) => listener(event) }
}

beforeEach(() => useWorkbench.setState(emptyWorkbench, true))

test('an event that arrives before the list wins over it', async () => {
  const { client, answerAll, tell } = engine()
  const opened = openSession(client, () => {})
  tell(runEvent('a', 'told'))
  tell(runEvent('b', 'told'))
  await answerAll('w', [run('a', 'listed'), run('c', 'listed')])
  await opened
  const names = [...useWorkbench.getState().runs.values()].map(({ id, name }) => `${id} ${name}`)
  expect(names.sort()).toEqual(['a told', 'b told', 'c listed'])
})

test('events after that are applied as they come, notices are passed on', async () => {
  const { client, answerAll, tell } = engine()
  const notices: string[] = []
  const opened = openSession(client, ({ message }) => notices.push(message))
  await answerAll('w', [])
  await opened
  tell(runEvent('a', 'told'))
  tell({ name: 'notice', key: 'n', value: { id: 'n', level: 'error', message: 'restarted', data: {} } })
  expect(useWorkbench.getState().runs.get('a')?.name).toBe('told')
  expect(notices).toEqual(['restarted'])
})

test('another workspace replaces everything', async () => {
  const { client, answerAll, tell } = engine()
  const opened = openSession(client, () => {})
  await answerAll('first', [run('a', 'of the first')])
  await opened
  tell({ name: 'workspace', key: 'workspace', value: { path: 'second', name: 'second', version: '1' } })
  await answerAll('second', [run('b', 'of the second')])
  await vi.waitFor(() => expect(useWorkbench.getState().workspace?.path).toBe('second'))
  expect([...useWorkbench.getState().runs.keys()]).toEqual(['b'])
})

test('each workspace has a memory of its own, and every change of it is written there', async () => {
  const { client, written, answerAll, tell } = engine()
  const opened = openSession(client, () => {})
  await answerAll('first', [run('a', 'of the first')], { 'window.inspectorOpened': true, 'window.colours': [['a', 4]] })
  await opened
  expect(useMemory.getState().inspectorOpened).toBe(true)
  expect(useWorkbench.getState().colours.get('a')).toBe(4)
  remember({ jobTrayOpened: true })
  expect(written).toContainEqual(['window.jobTrayOpened', true])

  tell({ name: 'workspace', key: 'workspace', value: { path: 'second', name: 'second', version: '1' } })
  written.length = 0
  await answerAll('second', [], { 'window.address': '#/compare' })
  await vi.waitFor(() => expect(useWorkbench.getState().workspace?.path).toBe('second'))
  expect(useMemory.getState()).toMatchObject({ inspectorOpened: false, jobTrayOpened: false, address: '#/compare' })
  expect(written).toEqual([['window.colours', []]])
})

test('an experiment in work is written down, and stands in the form again', async () => {
  const films = { id: 'f', name: 'films', createdAt: '', parts: null, profile: { firstTimestamp: 1 } } as DatasetRecord
  const { client, written, answerAll } = engine()
  const opened = openSession(client, () => {})
  const clean = [{ id: 1, on: false, step: 'k-core', fields: { user: '', item: 5 } }]
  const settings = { 'draft.f': { clean, seed: '4x', split: 'old', models: 7 }, 'draft.gone': { seed: 1 } }
  await answerAll('drafts', [], settings, [films])
  await opened
  expect(readExperiment(films)).toEqual({ ...newExperiment(films), clean, seed: '4x' })
  changeExperiment(films, { seed: 7 })
  expect(written).toContainEqual(['draft.f', { ...newExperiment(films), clean, seed: 7 }])
})
