import type { EngineClient } from '../../main/contract/calls'
import type { DatasetRecord, RunRecord } from '../../main/contract/records'
import { useWorkbench } from '../state/workbench'
import { record, type Step } from './history'
import { offerUndo } from './undo'

// What an analyst does and may take back; every door to it, button or command, goes through here.

async function perform(engine: EngineClient, step: Step): Promise<Step> {
  await step.redo(engine)
  record(step)
  return step
}

export async function deleteRun(engine: EngineClient, { id: runId, name }: RunRecord): Promise<void> {
  const step = await perform(engine, {
    text: 'deleteRun',
    name,
    undo: (engine) => engine.call('runs.restore', { runId }),
    redo: (engine) => engine.call('runs.delete', { runId }),
  })
  offerUndo(engine, step)
}

/** Its runs go with it, and come back with it. */
export async function deleteDataset(engine: EngineClient, { id: datasetId, name }: DatasetRecord): Promise<void> {
  const step = await perform(engine, {
    text: 'deleteDataset',
    name,
    undo: (engine) => engine.call('datasets.restore', { datasetId }),
    redo: (engine) => engine.call('datasets.delete', { datasetId }),
  })
  offerUndo(engine, step)
}

export async function renameRun(engine: EngineClient, { id: runId, name: before }: RunRecord, name: string) {
  await perform(engine, {
    text: 'renameRun',
    name,
    undo: (engine) => engine.call('runs.change', { runId, name: before }),
    redo: (engine) => engine.call('runs.change', { runId, name }),
  })
}

export async function renameDataset(engine: EngineClient, dataset: DatasetRecord, name: string): Promise<void> {
  const { id: datasetId, name: before } = dataset
  await perform(engine, {
    text: 'renameDataset',
    name,
    undo: (engine) => engine.call('datasets.change', { datasetId, name: before }),
    redo: (engine) => engine.call('datasets.change', { datasetId, name }),
  })
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
