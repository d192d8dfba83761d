import type { EngineClient } from '../../main/contract/calls'
import type { StudyRecord } from '../../main/contract/tuning'
import { perform } from './steps'
import { offerUndo } from './undo'

type Named = Pick<StudyRecord, 'id' | 'name'>

const remove = (studyId: string) => (engine: EngineClient) => engine.call('studies.delete', { studyId })
const bring = (studyId: string) => (engine: EngineClient) => engine.call('studies.restore', { studyId })

/** Its runs stay. */
export async function deleteStudy(engine: EngineClient, { id, name }: Named): Promise<void> {
  offerUndo(engine, await perform(engine, { text: 'deleteStudy', name, undo: bring(id), redo: remove(id) }))
}

export async function restoreStudy(engine: EngineClient, { id, name }: Named): Promise<void> {
  await perform(engine, { text: 'restoreStudy', name, undo: remove(id), redo: bring(id) })
}

export async function renameStudy(engine: EngineClient, { id, name }: Named, wanted: string): Promise<void> {
  const write = (written: string) => (engine: EngineClient) =>
    engine.call('studies.change', { studyId: id, name: written })
  await perform(engine, { text: 'renameStudy', name: wanted, undo: write(name), redo: write(wanted) })
}
