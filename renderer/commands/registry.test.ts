import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { DatasetRecord, JobRecord, RunRecord } from '../../main/contract/records'
import type { SelectionRecord } from '../../main/contract/selections'
import { en } from '../locales/en'
import { zh } from '../locales/zh'
import { newExperiment } from '../state/experiment'
import { byId, emptyWorkbench } from '../state/workbench'
import type { CommandState } from './command'
import { emptyHistory } from './history'
import { entriesOf, groupIds, groups } from './registry'
import { shortcuts } from './shortcuts'

// The page that the renderer lives in, as far as importing it needs one.
vi.mock('../api', () => ({ host: { kind: 'browser' } }))

const commands = groupIds.flatMap((group) => groups[group])
const t = ((key: string) => key) as unknown as Parameters<typeof entriesOf>[1]

const dataset = {
  id: 'd',
  name: 'films',
  createdAt: '',
  parts: null,
  profile: { firstTimestamp: 1, ratings: [], events: [] },
  source: {},
  itemAttributes: [],
  userAttributes: [],
} as unknown as DatasetRecord
const empty: CommandState = {
  workbench: emptyWorkbench,
  dataset: null,
  experiment: null,
  deleted: { datasets: [], runs: [], selections: [], studies: [] },
  history: emptyHistory,
  workspaces: [],
  users: [],
}
const idsIn = (state: CommandState) => entriesOf(state, t).map(({ id }) => id)

describe('the registry', () => {
  test('names each command once, and each has its texts in both languages', () => {
    const ids = commands.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(Object.keys(en.commands.of).toSorted())
    expect(ids.toSorted()).toEqual(Object.keys(zh.commands.of).toSorted())
    expect(groupIds.toSorted()).toEqual(Object.keys(en.commands.groups).toSorted())
  })

  test('titles differ, so that the palette never offers two of a name', () => {
    for (const texts of [en, zh]) {
      const titles = Object.values(texts.commands.of).map(({ title }) => title)
      expect(new Set(titles).size).toBe(titles.length)
    }
  })

  test('every shortcut belongs to a command that needs no thing', () => {
    const plain = commands.filter(({ targets }) => !targets).map(({ id }) => id)
    expect(plain).toEqual(expect.arrayContaining(shortcuts.map(({ command }) => command)))
  })

  test('each group stands in a file of its own', () => {
    const files = readdirSync(join(import.meta.dirname, 'groups'))
    expect(files.map((name) => name.replace('.ts', '')).toSorted()).toEqual(groupIds.toSorted())
    for (const group of groupIds) {
      const source = readFileSync(join(import.meta.dirname, 'groups', `${group}.ts`), 'utf8')
      for (const { id } of groups[group]) expect(source).toContain(`id: '${id}'`)
    }
  })
})

describe('what can be done', () => {
  test('in an empty workspace: open data, not train', () => {
    const ids = idsIn(empty)
    expect(ids).toEqual(expect.arrayContaining(['openFile', 'takeSample', 'goTrain', 'showShortcuts']))
    for (const id of ['startTraining', 'deleteRun', 'chooseDataset', 'findUser', 'undo']) expect(ids).not.toContain(id)
  })

  test('depends on runs and jobs', () => {
    const run = (id: string, state: RunRecord['state']) =>
      ({ id, name: id, state, datasetId: 'd', createdAt: '', metrics: {}, prepared: null }) as unknown as RunRecord
    const job = (id: string, state: JobRecord['state']) => ({ id, title: id, state, createdAt: '' }) as JobRecord
    const state: CommandState = {
      ...empty,
      workbench: {
        ...emptyWorkbench,
        datasets: byId([dataset]),
        runs: byId([run('done-1', 'done'), run('running-1', 'running')]),
        jobs: byId([job('j1', 'running'), job('j2', 'failed')]),
      },
      dataset,
      experiment: newExperiment(dataset),
      users: [{ user: 'ann', interactions: 3 }],
    }
    const ids = idsIn(state)
    const wanted = [
      'deleteRun done-1',
      'renameRun running-1',
      'cancelJob j1',
      'retryJob j2',
      'findUser',
      'showUser ann',
    ]
    expect(ids).toEqual(expect.arrayContaining(wanted))
    for (const id of ['deleteRun running-1', 'cancelJob j2', 'retryJob j1', 'startTraining', 'chooseDataset d'])
      expect(ids).not.toContain(id)
  })

  test('a selection is taken away from the window for it, as a run is', () => {
    const selection = { id: 's', name: 'Fans', datasetId: 'd', createdAt: '' } as SelectionRecord
    const workbench = { ...emptyWorkbench, datasets: byId([dataset]), selections: byId([selection]) }
    const state = { ...empty, workbench, dataset }
    const show = vi.fn()
    const context = { state, show } as unknown as Parameters<(typeof commands)[number]['run']>[0]
    const command = commands.find(({ id }) => id === 'exportSelection')
    if (!command?.targets) throw new Error('it has targets')
    const [target] = command.targets(state, t)
    void command.run(context, target)
    expect(show).toHaveBeenCalledExactlyOnceWith({ kind: 'export', selection })
  })

  test('only runs whose dataset is there can be restored', () => {
    const runs = [{ id: 'r', name: 'r', datasetId: 'd' } as RunRecord]
    const deleted = { ...empty, deleted: { ...empty.deleted, runs } }
    expect(idsIn(deleted)).not.toContain('restoreRun r')
    const workbench = { ...emptyWorkbench, datasets: byId([dataset]) }
    expect(idsIn({ ...deleted, workbench })).toContain('restoreRun r')
  })
})
