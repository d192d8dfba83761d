import type { TFunction } from 'i18next'
import type { RunRecord } from '../../../main/contract/records'
import { cutoffsOf, groupRuns, metricsOf } from '../../state/comparison'
import { rememberListJob } from '../../state/list-jobs'
import { useMemory } from '../../state/memory'
import { adjust, navigate } from '../../state/router'
import { newestFirst } from '../../state/workbench'
import { isActive } from '../../widgets/job-progress'
import { pinRuns } from '../board-steps'
import { changeAndRun } from '../change-run'
import type { Command, CommandContext, CommandState, Target } from '../command'
import { deleteRun, duplicateRun, restoreRun } from '../steps'

const isDone = ({ state }: RunRecord) => state === 'done'

export const runCommands: Command[] = [
  { id: 'showRun', targets: runs(), run: (_, { id }) => navigate('run', { id }) },
  { id: 'showLists', targets: runs(isDone), run: (_, { id }) => navigate('users', { run: id }) },
  { id: 'compareMetric', targets: comparableMetrics, run: (_, { id }) => adjust('compare', { metric: id }) },
  { id: 'compareCutoff', targets: comparableCutoffs, run: (_, { id }) => adjust('compare', { k: id }) },
  {
    id: 'listsForEveryone',
    targets: runs(isDone),
    run: async ({ engine }, { id }) => rememberListJob(id, (await engine.call('lists.forEveryone', { runId: id })).id),
  },
  {
    id: 'runAgain',
    targets: runs((run) => !isActive(run)),
    run: async ({ engine }, { id }) => void (await engine.call('runs.again', { runId: id })),
  },
  {
    id: 'changeRun',
    targets: runs(),
    run: changeRun,
  },
  {
    id: 'showExperiment',
    targets: runs(),
    run: (context, target) => context.show({ kind: 'experiment', run: runOf(context, target) }),
  },
  {
    id: 'exportRun',
    targets: runs(isDone),
    run: (context, target) => context.show({ kind: 'export', run: runOf(context, target) }),
  },
  {
    id: 'renameRun',
    targets: runs(),
    run: (context, target) => context.show({ kind: 'rename', what: 'run', record: runOf(context, target) }),
  },
  {
    id: 'duplicateRun',
    targets: runs(isDone),
    run: async (context, target) => void (await duplicateRun(context.engine, target)),
  },
  {
    id: 'pinRun',
    targets: runs(({ id, state }) => state === 'done' && !useMemory.getState().pins.includes(id)),
    run: (_, { id, name }) => pinRuns([{ id, name }], true),
  },
  {
    id: 'unpinRun',
    targets: runs(({ id }) => useMemory.getState().pins.includes(id)),
    run: (_, { id, name }) => pinRuns([{ id, name }], false),
  },
  {
    id: 'deleteRun',
    targets: runs((run) => !isActive(run)),
    run: (context, target) => deleteRun(context.engine, target),
  },
  {
    id: 'restoreRun',
    targets: ({ deleted, workbench }) =>
      deleted.runs
        .filter(({ datasetId }) => workbench.datasets.has(datasetId))
        .toReversed()
        .map(({ id, name }) => ({ id, name })),
    run: (context, target) => restoreRun(context.engine, target),
  },
]

/** Of every dataset, the newest first. */
function runs(isWanted: (run: RunRecord) => boolean = () => true) {
  return ({ workbench }: CommandState): Target[] =>
    newestFirst(workbench.runs.values())
      .filter(isWanted)
      .map(({ id, name, datasetId }) => ({ id, name, note: workbench.datasets.get(datasetId)?.name ?? '' }))
}

/** Those that any finished run on the dataset in force has. */
function comparableMetrics({ workbench, dataset }: CommandState, t: TFunction): Target[] {
  return metricsOf(comparable({ workbench, dataset })).map((id) => ({ id, name: t(`metrics.${id}.name`) }))
}

function comparableCutoffs({ workbench, dataset }: CommandState, t: TFunction): Target[] {
  return cutoffsOf(comparable({ workbench, dataset })).map((k) => ({ id: String(k), name: `${t('compare.k')} = ${k}` }))
}

function comparable({ workbench, dataset }: Pick<CommandState, 'workbench' | 'dataset'>): RunRecord[] {
  const groups = groupRuns(workbench.runs.values()).filter(({ datasetId }) => datasetId === dataset?.id)
  return groups.flatMap((group) => group.runs)
}

function changeRun(context: CommandContext, target: Target): void {
  const run = runOf(context, target)
  const dataset = context.state.workbench.datasets.get(run.datasetId)
  if (dataset) changeAndRun(run, dataset)
}

function runOf({ state }: CommandContext, { id }: Target): RunRecord {
  const run = state.workbench.runs.get(id)
  if (!run) throw new Error(`no run ${id}`)
  return run
}
