import { changeFilters, cleanOf, readFilters } from '../../state/filters'
import { navigate } from '../../state/router'
import { selectionInForce, selectionsOf } from '../../state/selections'
import type { Command, CommandContext, CommandState, Target } from '../command'
import { chooseSelection, deleteSelection, restoreSelection } from '../selection-steps'

const isFiltered = ({ dataset }: CommandState) => dataset !== null && readFilters(dataset.id).length > 0
const hasSelection = ({ workbench }: CommandState) => selectionInForce(workbench) !== null

export const selectionCommands: Command[] = [
  { id: 'clearFilters', isAvailable: isFiltered, run: clearFilters },
  { id: 'nameSelection', isAvailable: isFiltered, run: nameSelection },
  {
    id: 'chooseSelection',
    targets: (state) => selections(state).filter(({ id }) => id !== state.workbench.selectionInForce),
    run: (_, { id, name }) => chooseSelection({ id, name }),
  },
  { id: 'clearSelection', isAvailable: hasSelection, run: () => chooseSelection(null) },
  {
    id: 'showMembers',
    targets: selections,
    run: (context, target) => context.show({ kind: 'members', selection: selectionOf(context, target) }),
  },
  {
    id: 'renameSelection',
    targets: selections,
    run: (context, target) => context.show({ kind: 'rename', what: 'selection', record: selectionOf(context, target) }),
  },
  {
    id: 'exportSelection',
    targets: selections,
    run: (context, target) => context.show({ kind: 'export', selection: selectionOf(context, target) }),
  },
  {
    id: 'deleteSelection',
    targets: selections,
    run: ({ engine }, { id, name }) => deleteSelection(engine, { id, name }),
  },
  {
    id: 'restoreSelection',
    targets: ({ deleted, workbench }) =>
      deleted.selections
        .filter(({ datasetId }) => workbench.datasets.has(datasetId))
        .toReversed()
        .map(({ id, name }) => ({ id, name })),
    run: ({ engine }, { id, name }) => restoreSelection(engine, { id, name }),
  },
]

function clearFilters({ state: { dataset } }: CommandContext): void {
  if (!dataset) return
  navigate('data', { room: 'profile' })
  changeFilters(dataset, [])
}

function nameSelection({ state: { dataset }, show }: CommandContext): void {
  if (dataset)
    show({
      kind: 'nameSelection',
      dataset,
      members: { clean: cleanOf(dataset), filters: [...readFilters(dataset.id)] },
    })
}

/** Those of the dataset in force. */
function selections({ workbench, dataset }: CommandState): Target[] {
  return selectionsOf(workbench, dataset?.id ?? null).map(({ id, name }) => ({ id, name }))
}

function selectionOf({ state }: CommandContext, { id }: Target) {
  const selection = state.workbench.selections.get(id)
  if (!selection) throw new Error(`no selection ${id}`)
  return selection
}
