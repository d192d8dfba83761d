import type { TFunction } from 'i18next'
import type { JobRecord } from '../../../main/contract/records'
import { say } from '../../locales/say'
import { changeExperiment } from '../../state/draft'
import { ablationRequest, experimentProblems, startRequest } from '../../state/experiment'
import { stepsOf } from '../../state/recipe'
import { navigate } from '../../state/router'
import { type HoldOutStrategy, hasTimes, holdOutStrategies, needsTimes } from '../../state/split-draft'
import { newestFirst } from '../../state/workbench'
import { isActive } from '../../widgets/job-progress'
import type { Command, CommandContext, CommandState, Target } from '../command'

export const trainingCommands: Command[] = [
  {
    id: 'goodDefaults',
    isAvailable: ({ dataset }) => dataset !== null,
    run: ({ state: { dataset }, show }) => {
      if (dataset) show({ kind: 'plan', dataset })
    },
  },
  {
    id: 'showFeatures',
    isAvailable: ({ dataset }) => dataset !== null,
    run: () => navigate('data', { room: 'features' }),
  },
  {
    id: 'defaultFeatures',
    isAvailable: ({ experiment }) => experiment !== null && experiment.features !== null,
    run: ({ state: { dataset } }) => {
      if (dataset) changeExperiment(dataset, { features: null }, null)
    },
  },
  { id: 'ablateFeatures', targets: featureModels, run: ablateFeatures },
  { id: 'chooseSplit', targets: splits, run: ({ state }, { id }) => chooseSplit(state, id) },
  { id: 'startTraining', isAvailable: canStart, run: startTraining },
  { id: 'chooseModel', targets: models, run: ({ state }, { id }) => chooseModel(state, id) },
  {
    id: 'cancelJob',
    targets: jobs(isActive),
    run: async ({ engine }, { id }) => void (await engine.call('jobs.cancel', { jobId: id })),
  },
  {
    id: 'pauseRun',
    targets: pausable,
    run: async ({ engine }, { id }) => void (await engine.call('runs.pause', { runId: id })),
  },
  {
    id: 'resumeRun',
    targets: paused,
    run: async ({ engine }, { id }) => void (await engine.call('runs.resume', { runId: id })),
  },
  {
    id: 'retryJob',
    targets: jobs(({ state }) => state === 'failed' || state === 'cancelled'),
    run: async ({ engine }, { id }) => void (await engine.call('jobs.retry', { jobId: id })),
  },
]

function canStart({ dataset, experiment, workbench }: CommandState): boolean {
  if (!dataset || !experiment) return false
  return experimentProblems(experiment, dataset, workbench.models).length === 0
}

async function startTraining({ engine, state }: CommandContext): Promise<void> {
  const { dataset, experiment, workbench } = state
  if (!dataset || !experiment) return
  navigate('train')
  await engine.call('runs.start', startRequest(experiment, dataset, workbench.models))
}

function featureModels({ dataset, workbench }: CommandState): Target[] {
  if (!dataset) return []
  const able = workbench.models.filter(({ capabilities }) => capabilities.includes('features'))
  return able.map(({ id, name }) => ({ id, name }))
}

async function ablateFeatures({ engine, state }: CommandContext, { id }: Target): Promise<void> {
  const { dataset, experiment, workbench } = state
  if (!dataset || !experiment) return
  await engine.call('features.ablate', ablationRequest(experiment, dataset, workbench.models, id))
  navigate('compare')
}

/** The strategies that the data allows, but the one in use. */
function splits({ dataset, experiment }: CommandState, t: TFunction): Target[] {
  if (!dataset || !experiment) return []
  const { predefined, test } = experiment.split
  const isTimed = hasTimes(dataset, stepsOf(experiment.clean, dataset))
  return holdOutStrategies
    .filter((id) => (predefined || id !== test.strategy) && (isTimed || !needsTimes(id)))
    .map((id) => ({ id, name: t(`split.strategies.${id}`) }))
}

function chooseSplit({ dataset, experiment }: CommandState, id: string): void {
  if (!dataset || !experiment) return
  const { split } = experiment
  navigate('data', { room: 'split' })
  const test = { ...split.test, strategy: id as HoldOutStrategy }
  changeExperiment(dataset, { split: { ...split, predefined: false, test } }, null)
}

/** Those that are not chosen yet. */
function models({ experiment, workbench }: CommandState): Target[] {
  if (!experiment) return []
  return workbench.models
    .filter(({ id }) => !experiment.models.includes(id))
    .map(({ id, name }) => ({ id, name: say(name) }))
}

function chooseModel({ dataset, experiment }: CommandState, id: string): void {
  if (!dataset || !experiment) return
  navigate('train')
  changeExperiment(dataset, { models: [...experiment.models, id] })
}

/** Runs in training that save checkpoints. */
function pausable({ workbench }: CommandState): Target[] {
  const able = newestFirst(workbench.jobs.values()).filter((job) => isActive(job) && job.canPause)
  return able.flatMap(({ subject, title }) => (subject === null ? [] : [{ id: subject, name: title }]))
}

function paused({ workbench }: CommandState): Target[] {
  return newestFirst(workbench.runs.values())
    .filter(({ state }) => state === 'paused')
    .map(({ id, name }) => ({ id, name }))
}

function jobs(isWanted: (job: JobRecord) => boolean) {
  return ({ workbench }: CommandState): Target[] =>
    newestFirst(workbench.jobs.values())
      .filter(isWanted)
      .map(({ id, title }) => ({ id, name: title }))
}
