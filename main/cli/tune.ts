import type { CallInput, EngineClient } from '../contract/calls'
import { fromPlainError } from '../contract/errors'
import type { Experiment } from '../contract/experiment'
import type { RunRecord } from '../contract/records'
import type { StudyRecord, TrialRecord, Tuning } from '../contract/tuning'
import { tunedModels } from '../engine/experiment-tuning'
import { bestTrials } from '../tuning/next-step'
import { until } from './engine'
import { formatTable } from './table'

export interface Tuned {
  study: StudyRecord
  trials: TrialRecord[]
  /** What was retrained on train and validation part. */
  runs: RunRecord[]
}

type Settings = Pick<
  CallInput<'studies.create'>,
  'datasetId' | 'clean' | 'split' | 'features' | 'evaluation' | 'seed' | 'device'
>

/** Searches what the block `tuning` asks for, or goes on with what was cut off, and starts the runs of the best. */
export async function tune(
  client: EngineClient,
  experiment: Experiment,
  tuning: Tuning,
  settings: Settings,
): Promise<Tuned> {
  const { datasetId, clean = [], split = null } = settings
  const models = tunedModels(experiment, tuning)
  const ids = models.map(({ model }) => model)
  const proposed = await client.call('studies.propose', { datasetId, clean, split, models: ids })
  for (const { code, data } of proposed.reasons) {
    if (code === 'validation-proposed') console.error(validationNote(String(data.strategy)))
  }
  const { spaces: _, retrain, ...search } = tuning
  const wanted = { ...settings, ...search, split: proposed.split, models, continue: true }
  const { id } = await client.call('studies.create', wanted)
  const study = await until(client, async () => {
    const found = (await client.call('studies.list', {})).find((one) => one.id === id)
    return found && found.state !== 'queued' && found.state !== 'running' ? found : null
  })
  if (study.error) throw fromPlainError(study.error)
  const trials = await client.call('studies.trials', { studyId: id })
  const runs: RunRecord[] = []
  for (const trial of winnersOf(study, trials, retrain))
    runs.push(await client.call('studies.finish', { studyId: id, trial }))
  return { study, trials, runs }
}

function validationNote(strategy: string): string {
  return `Note: the split has no validation part, so one is cut off the training part by ${strategy}; trials are judged on it.`
}

function winnersOf(
  { best, settings }: StudyRecord,
  trials: readonly TrialRecord[],
  retrain: Tuning['retrain'],
): number[] {
  if (retrain === 'best') return best.slice(0, 1)
  return settings.models.flatMap(({ model }) => {
    const own = trials.filter((trial) => trial.model === model)
    return bestTrials(settings.objectives, own).slice(0, 1)
  })
}

const shown = 5

/** The best trials, as they were judged on the validation part. */
export function describeStudy({ study, trials }: Tuned): string {
  const { objectives } = study.settings
  const [first] = objectives
  const ranked: TrialRecord[] = []
  for (let rest = trials; ranked.length < shown; rest = rest.filter((trial) => !ranked.includes(trial))) {
    const best = bestTrials([first], rest)
    if (best.length === 0) break
    ranked.push(...rest.filter(({ number }) => best.includes(number)))
  }
  const rows = ranked.map(({ number, model, values, params, seconds }) => [
    number,
    model,
    ...objectives.map((key) => values?.[key] ?? null),
    seconds,
    written(params),
  ])
  const title = `${study.name}: the best of ${trials.length} trials on the validation part.`
  return `${title}\n${formatTable(['trial', 'model', ...objectives, 's', 'parameters'], rows)}`
}

function written(params: TrialRecord['params']): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
}
