import type { StudyRecord } from '../../../main/contract/tuning'
import { navigate } from '../../state/router'
import { newestFirst } from '../../state/workbench'
import type { Command, CommandContext, CommandState, Target } from '../command'
import { deleteStudy, restoreStudy } from '../study-steps'

const isEnded = ({ state }: StudyRecord) => state !== 'running' && state !== 'queued'

export const studyCommands: Command[] = [
  { id: 'showStudy', targets: studies(), run: (_, { id }) => navigate('tune', { id }) },
  {
    id: 'pauseStudy',
    targets: studies((study) => !isEnded(study)),
    run: async ({ engine }, { id }) => void (await engine.call('studies.pause', { studyId: id })),
  },
  {
    id: 'resumeStudy',
    targets: studies(({ state }) => state === 'paused' || state === 'stopped'),
    run: async ({ engine }, { id }) => void (await engine.call('studies.resume', { studyId: id })),
  },
  {
    id: 'finishStudy',
    targets: studies((study) => isEnded(study) && study.best.length > 0),
    run: async ({ engine }, { id }) =>
      navigate('run', { id: (await engine.call('studies.finish', { studyId: id })).id }),
  },
  { id: 'renameStudy', targets: studies(), run: renameStudy },
  {
    id: 'deleteStudy',
    targets: studies(isEnded),
    run: ({ engine }, { id, name }) => deleteStudy(engine, { id, name }),
  },
  {
    id: 'restoreStudy',
    targets: ({ deleted, workbench }) =>
      deleted.studies
        .filter(({ datasetId }) => workbench.datasets.has(datasetId))
        .toReversed()
        .map(({ id, name }) => ({ id, name })),
    run: ({ engine }, { id, name }) => restoreStudy(engine, { id, name }),
  },
]

/** Of every dataset, the newest first. */
function studies(isWanted: (study: StudyRecord) => boolean = () => true) {
  return ({ workbench }: CommandState): Target[] =>
    newestFirst(workbench.studies.values())
      .filter(isWanted)
      .map(({ id, name, datasetId }) => ({ id, name, note: workbench.datasets.get(datasetId)?.name ?? '' }))
}

function renameStudy({ state, show }: CommandContext, { id }: Target): void {
  const record = state.workbench.studies.get(id)
  if (record) show({ kind: 'rename', what: 'study', record })
}
