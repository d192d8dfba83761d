import type { EngineClient } from '../../main/contract/calls'
import type { Remarks, RunRecord } from '../../main/contract/records'
import { useWorkbench } from '../state/workbench'
import { doing, forget, record, type Step } from './history'
import { offerUndo } from './undo'

// What an analyst does and may take back; every door to it, button or command, goes through here.

/** It can be taken back at once, before the engine has answered. */
export async function perform(engine: EngineClient, step: Step): Promise<Step> {
  record(step)
  try {
    await doing(() => step.redo(engine))
  } catch (error) {
    forget(step)
    throw error
  }
  return step
}

type Act = Step['undo']
type Named = { id: string; name: string }

const removeRun =
  (runId: string): Act =>
  (engine) =>
    engine.call('runs.delete', { runId })
const bringRun =
  (runId: string): Act =>
  (engine) =>
    engine.call('runs.restore', { runId })
const removeDataset =
  (datasetId: string): Act =>
  (engine) =>
    engine.call('datasets.delete', { datasetId })
const bringDataset =
  (datasetId: string): Act =>
  (engine) =>
    engine.call('datasets.restore', { datasetId })

export async function deleteRun(engine: EngineClient, { id, name }: Named): Promise<void> {
  offerUndo(engine, await perform(engine, { text: 'deleteRun', name, undo: bringRun(id), redo: removeRun(id) }))
}

export async function restoreRun(engine: EngineClient, { id, name }: Named): Promise<void> {
  await perform(engine, { text: 'restoreRun', name, undo: removeRun(id), redo: bringRun(id) })
}

/** Answers the copy. */
export async function duplicateRun(engine: EngineClient, { id: runId }: Named): Promise<RunRecord> {
  const copy = await engine.call('runs.duplicate', { runId })
  record({ text: 'duplicateRun', name: copy.name, undo: removeRun(copy.id), redo: bringRun(copy.id) })
  return copy
}

/** Its runs go with it, and come back with it. */
export async function deleteDataset(engine: EngineClient, { id, name }: Named): Promise<void> {
  const step: Step = { text: 'deleteDataset', name, undo: bringDataset(id), redo: removeDataset(id) }
  offerUndo(engine, await perform(engine, step))
}

export async function restoreDataset(engine: EngineClient, { id, name }: Named): Promise<void> {
  await perform(engine, { text: 'restoreDataset', name, undo: removeDataset(id), redo: bringDataset(id) })
}

export async function duplicateDataset(engine: EngineClient, { id: datasetId }: Named): Promise<void> {
  const copy = await engine.call('datasets.duplicate', { datasetId })
  record({ text: 'duplicateDataset', name: copy.name, undo: removeDataset(copy.id), redo: bringDataset(copy.id) })
}

const remarkSteps = {
  run: { name: 'renameRun', tags: 'tagRun', notes: 'noteRun' },
  dataset: { name: 'renameDataset', tags: 'tagDataset', notes: 'noteDataset' },
} as const

/** Changes the name, the tags or the notes of a run or a dataset. */
export async function changeRemark<K extends keyof Remarks>(
  engine: EngineClient,
  what: 'run' | 'dataset',
  remarked: Remarks & { id: string },
  field: K,
  value: Remarks[K],
): Promise<void> {
  const { id } = remarked
  const write =
    (written: Remarks[K]): Act =>
    (engine) =>
      what === 'run'
        ? engine.call('runs.change', { runId: id, [field]: written })
        : engine.call('datasets.change', { datasetId: id, [field]: written })
  const name = field === 'name' ? String(value) : remarked.name
  await perform(engine, { text: remarkSteps[what][field], name, undo: write(remarked[field]), redo: write(value) })
}

/** Puts a dataset in force. */
export function chooseDataset(id: string): void {
  const { datasetInForce: before, datasets } = useWorkbench.getState()
  const dataset = datasets.get(id)
  if (!dataset || id === before) return
  const put = (datasetInForce: string | null) => {
    const stillThere = datasetInForce !== null && useWorkbench.getState().datasets.has(datasetInForce)
    if (stillThere) useWorkbench.setState({ datasetInForce })
  }
  put(id)
  record({ text: 'chooseDataset', name: dataset.name, undo: () => put(before), redo: () => put(id) })
}
