import { join } from 'node:path'
import { csvLine, toCsv } from '../contract/csv'
import { TopnError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import type { SelectionMetrics, SelectionRecord } from '../contract/selections'
import { writeFileAtomic } from '../files/atomic'
import { safeName } from '../files/safe-name'
import type { Store } from '../store'
import { attributesOf } from './features'
import type { Hub } from './hub'
import type { IndexedData } from './prepared-cache'
import type { Runs } from './runs'
import type { Handlers } from './service'
import type { WorkspaceFolders } from './workspace'

type SelectionCalls = Extract<keyof Handlers, `selections.${string}`> | 'runs.metrics'

export interface SelectionOptions {
  store: Store
  hub: Hub
  runs: Pick<Runs, 'find'>
  folders: WorkspaceFolders
  preparedOf(hash: string): Promise<IndexedData>
}

/** Members that are written between two turns of the event loop. */
const membersAtOnce = 100_000

export interface Selections {
  handlers: Pick<Handlers, SelectionCalls>
  /** Selections are there as long as their dataset is: this tells that they go with it. */
  deleteOfDataset(datasetId: string): Promise<void>
  /** Tells that they are there, with a dataset that is back or new. */
  tellOfDataset(datasetId: string): Promise<void>
}

/** Named sets of users or items. */
export function createSelections(options: SelectionOptions): Selections {
  const { store, hub, folders } = options

  function tell(record: SelectionRecord): SelectionRecord {
    hub.emit('selection', record.id, { id: record.id, record })
    return record
  }

  async function ofDataset(datasetId: string): Promise<SelectionRecord[]> {
    return (await store.selections()).filter((selection) => selection.datasetId === datasetId)
  }

  /** The members with what the files of the dataset say of them. */
  async function* csvOf({ id, of, datasetId }: SelectionRecord): AsyncIterable<Uint8Array> {
    const all = attributesOf(await store.dataset(datasetId), [])[of]
    const attributes = all.filter(({ column }) => column !== 'title')
    const header = of === 'users' ? ['user', 'interactions'] : ['item', 'title', 'interactions']
    yield Buffer.from(toCsv([...header, ...attributes.map(({ name }) => name)], []))
    for (let offset = 0; ; offset += membersAtOnce) {
      const members = await store.selectionRows({ id, attributes, limit: membersAtOnce, offset })
      if (members.length === 0) return
      const lines = members.map(({ id: member, title, interactions, cells }) =>
        csvLine([member, ...(of === 'users' ? [] : [title]), interactions, ...cells]),
      )
      yield Buffer.from(lines.join(''))
    }
  }

  const handlers: Selections['handlers'] = {
    'selections.list': () => store.selections(),
    async 'selections.create'({ datasetId, of, name, clean, filters, ids }) {
      const chosen = ids ? { ids } : { clean, filters: filters ?? [] }
      const { signal } = new AbortController()
      return tell(await store.createSelection({ datasetId, of, name, chosen, signal }))
    },
    'selections.change': async ({ selectionId, name }) => tell(await store.renameSelection(selectionId, name)),
    async 'selections.delete'({ selectionId }) {
      const { id } = await store.selection(selectionId)
      await store.markDeleted('selection', id)
      hub.emit('selection', id, { id, record: null })
      return null
    },
    async 'selections.restore'({ selectionId }) {
      await store.unmarkDeleted('selection', selectionId)
      return tell(await store.selection(selectionId))
    },
    'selections.members': ({ selectionId, ...page }) => store.selectionMembers({ id: selectionId, ...page }),
    async 'selections.export'({ selectionId }) {
      const record = await store.selection(selectionId)
      const path = join(folders.exports, safeName(`${record.name}-${record.id}.csv`))
      await writeFileAtomic(path, csvOf(record))
      return { path }
    },
    async 'runs.metrics'({ runId, selectionId }) {
      return metricsOver(options, options.runs.find(runId), await store.selection(selectionId))
    },
  }

  return {
    handlers,
    async deleteOfDataset(datasetId) {
      for (const { id } of await ofDataset(datasetId)) hub.emit('selection', id, { id, record: null })
    },
    async tellOfDataset(datasetId) {
      for (const record of await ofDataset(datasetId)) tell(record)
    },
  }
}

async function metricsOver(
  { store, preparedOf }: SelectionOptions,
  run: RunRecord,
  selection: SelectionRecord,
): Promise<SelectionMetrics> {
  const refuse = (message: string) => new TopnError('BAD_REQUEST', message, { field: 'selectionId' })
  if (selection.of !== 'users') throw refuse(`${selection.name} is of items; choose a selection of users.`)
  if (selection.datasetId !== run.datasetId) throw refuse(`${selection.name} is of other data than ${run.name}.`)
  if (run.state !== 'done' || run.prepared === null) throw refuse(`${run.name} is not trained; it has no metrics yet.`)
  const { userIndex } = await preparedOf(run.prepared)
  const indices = (await store.selectionIds(selection.id)).flatMap((id) => userIndex(id) ?? [])
  return store.metricsOver(run.id, indices)
}
