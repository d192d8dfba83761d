import type { CallInput, EngineClient } from '../../main/contract/calls'
import type { SelectionRecord } from '../../main/contract/selections'
import { useWorkbench } from '../state/workbench'
import { record, type Step } from './history'
import { perform } from './steps'
import { offerUndo } from './undo'

type Named = Pick<SelectionRecord, 'id' | 'name'>

const remove = (selectionId: string) => (engine: EngineClient) => engine.call('selections.delete', { selectionId })
const bring = (selectionId: string) => (engine: EngineClient) => engine.call('selections.restore', { selectionId })
const put = (selectionInForce: string | null) => () => useWorkbench.setState({ selectionInForce })

/** Names a set of users or items, and puts it in force. */
export async function createSelection(engine: EngineClient, input: CallInput<'selections.create'>): Promise<void> {
  putNew(await engine.call('selections.create', input))
}

/** Names points of a map, and puts them in force. */
export async function selectPoints(engine: EngineClient, input: CallInput<'projections.select'>): Promise<void> {
  putNew(await engine.call('projections.select', input))
}

function putNew({ id, name }: Named): void {
  const { selectionInForce: before } = useWorkbench.getState()
  put(id)()
  const undo: Step['undo'] = async (engine) => {
    await remove(id)(engine)
    put(before)()
  }
  const redo: Step['redo'] = async (engine) => {
    await bring(id)(engine)
    put(id)()
  }
  record({ text: 'createSelection', name, undo, redo })
}

export async function deleteSelection(engine: EngineClient, { id, name }: Named): Promise<void> {
  offerUndo(engine, await perform(engine, { text: 'deleteSelection', name, undo: bring(id), redo: remove(id) }))
}

export async function restoreSelection(engine: EngineClient, { id, name }: Named): Promise<void> {
  await perform(engine, { text: 'restoreSelection', name, undo: remove(id), redo: bring(id) })
}

export async function renameSelection(engine: EngineClient, { id, name }: Named, wanted: string): Promise<void> {
  const write = (written: string) => (engine: EngineClient) =>
    engine.call('selections.change', { selectionId: id, name: written })
  await perform(engine, { text: 'renameSelection', name: wanted, undo: write(name), redo: write(wanted) })
}

/** Puts a selection in force; null puts none. */
export function chooseSelection(selection: Named | null): void {
  const { selectionInForce: before, selections } = useWorkbench.getState()
  const id = selection?.id ?? null
  if (id === before) return
  put(id)()
  const name = selection?.name ?? selections.get(before ?? '')?.name ?? ''
  record({ text: selection ? 'chooseSelection' : 'clearSelection', name, undo: put(before), redo: put(id) })
}
