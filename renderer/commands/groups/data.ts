import type { CleanStepId } from '../../../main/contract/clean'
import { host } from '../../api'
import { addStep } from '../../state/draft'
import { openDraft } from '../../state/import'
import { stepsFor } from '../../state/recipe-steps'
import { navigate } from '../../state/router'
import { newestFirst } from '../../state/workbench'
import type { Command, CommandContext, CommandState, Target } from '../command'
import { pickFile } from '../pick-file'
import { chooseDataset, deleteDataset, duplicateDataset, restoreDataset } from '../steps'

export const dataCommands: Command[] = [
  { id: 'openFile', run: openFile },
  { id: 'browseFiles', isAvailable: () => host.kind === 'browser', run: ({ show }) => show({ kind: 'files' }) },
  { id: 'takeSample', run: takeSample },
  { id: 'chooseDataset', targets: others, run: (_, { id }) => chooseDataset(id) },
  {
    id: 'renameDataset',
    targets: all,
    run: (context, target) => context.show({ kind: 'rename', what: 'dataset', record: datasetOf(context, target) }),
  },
  {
    id: 'duplicateDataset',
    targets: all,
    run: (context, target) => duplicateDataset(context.engine, target),
  },
  {
    id: 'addStep',
    targets: ({ dataset }, t) =>
      dataset ? stepsFor(dataset).map((id) => ({ id, name: t(`recipe.steps.${id}.name`) })) : [],
    run: addRecipeStep,
  },
  {
    id: 'deleteDataset',
    targets: all,
    run: (context, target) => deleteDataset(context.engine, target),
  },
  {
    id: 'restoreDataset',
    targets: ({ deleted }) => deleted.datasets.toReversed().map(({ id, name }) => ({ id, name })),
    run: (context, target) => restoreDataset(context.engine, target),
  },
]

function addRecipeStep({ state: { dataset } }: CommandContext, { id }: Target): void {
  if (!dataset) return
  navigate('data', { room: 'recipe' })
  addStep(dataset, id as CleanStepId)
}

async function openFile(): Promise<void> {
  const picked = await pickFile()
  if (picked) openDraft(picked.path, picked.name)
}

async function takeSample({ engine }: CommandContext): Promise<void> {
  navigate('data')
  await engine.call('datasets.sample', {})
}

function all({ workbench }: CommandState): Target[] {
  return newestFirst(workbench.datasets.values()).map(({ id, name }) => ({ id, name }))
}

function others(state: CommandState): Target[] {
  return all(state).filter(({ id }) => id !== state.dataset?.id)
}

function datasetOf({ state }: CommandContext, { id }: Target) {
  const dataset = state.workbench.datasets.get(id)
  if (!dataset) throw new Error(`no dataset ${id}`)
  return dataset
}
