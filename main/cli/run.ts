import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { EngineClient } from '../contract/calls'
import { type DeviceChoice, deviceChoices, isDeviceChoice } from '../contract/devices'
import { fromPlainError, TopnError } from '../contract/errors'
import type { Experiment } from '../contract/experiment'
import { mapExperimentPaths } from '../contract/experiment-paths'
import type { RunRecord } from '../contract/records'
import { checkExperiment } from '../engine/experiment'
import { makeRunFolder, writeRunFolder } from '../export/run-folder'
import { onlyArgument, readArguments, wholeNumber } from './arguments'
import type { Command } from './commands'
import { compareWithBest, describeComparison } from './comparison'
import { openEngine, showProgress, until } from './engine'
import { unlessInterrupted } from './interrupt'
import { describeRuns } from './leaderboard'
import { splitWarnings } from './split-warnings'
import { describeStudy, type Tuned, tune } from './tune'
import { forgetUnfinished, noteUnfinished, readUnfinished } from './unfinished'

const usage = 'run EXPERIMENT.json --out DIR [--workspace DIR] [--threads N] [--device D] [--json]'

export const run: Command = {
  usage,
  meaning:
    'Train and compare the models of an experiment file, tuned first where it says so; print and write the leaderboard, lists and artifacts.',
  async run(args) {
    const { values, positionals } = readArguments(usage, args, {
      out: { type: 'string' },
      workspace: { type: 'string' },
      threads: { type: 'string' },
      device: { type: 'string' },
      json: { type: 'boolean' },
    })
    const file = onlyArgument(usage, positionals)
    if (values.out === undefined)
      throw new TopnError('BAD_REQUEST', `Name the folder to write with --out. Usage: topn ${usage}`)
    const given = resolvePaths(checkExperiment(await readJson(file)), dirname(resolve(file)))
    const experiment = { ...given, device: readDevice(values.device) ?? given.device }
    const out = resolve(values.out)
    const workspace = resolve(values.workspace ?? out)
    await makeRunFolder(out)
    const engine = await openEngine({ workspace, threads: wholeNumber('--threads', values.threads, 0, 0) })
    try {
      await forgetUnfinished(out)
      const note = (runs: string[]) => noteUnfinished(out, { workspace, runs })
      const trained = trainAll(engine.client, experiment, note)
      const results = await unlessInterrupted(engine, trained, () => resumeAdvice(out))
      await finishRuns(engine.client, results, { out, workspace, json: values.json ?? false })
    } finally {
      await engine.close()
    }
  },
}

/** How what was interrupted goes on. */
export async function resumeAdvice(out: string): Promise<string> {
  const isStarted = await readUnfinished(out).then(
    () => true,
    () => false,
  )
  if (isStarted) return `Interrupted. "topn resume ${out}" goes on.`
  return 'Interrupted before its models were trained. Run the same command again; a study goes on where it was.'
}

interface Destination {
  out: string
  workspace: string
  json: boolean
}

/** Compares the runs, writes and prints what they gave. Throws where one of them failed. */
export async function finishRuns(
  client: EngineClient,
  { runs, tuned }: Trained,
  { out, workspace, json }: Destination,
): Promise<void> {
  const comparison = await compareWithBest(client, runs)
  await writeRunFolder(out, workspace, { runs, comparison, tuned })
  await forgetUnfinished(out)
  if (tuned && !json) console.log(`${describeStudy(tuned)}\n`)
  console.log(json ? JSON.stringify(runs, null, 2) : describeRuns(runs))
  if (comparison && !json) console.log(`\n${describeComparison(comparison, runs)}`)
  refuseFailures(runs)
}

function readDevice(word: string | undefined): DeviceChoice | undefined {
  if (word === undefined) return undefined
  if (isDeviceChoice(word)) return word
  throw new TopnError('BAD_REQUEST', `--device takes ${deviceChoices.join(', ')}, not ${word}.`, { field: '--device' })
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse((await readFile(file, 'utf8')).replace(/^\ufeff/, ''))
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? `is not JSON: ${cause.message}` : 'cannot be read; check the path'
    throw new TopnError('BAD_REQUEST', `The experiment file ${file} ${reason}.`, { file }, { cause })
  }
}

/** Relative paths are relative to the experiment file. */
function resolvePaths(experiment: Experiment, folder: string): Experiment {
  return mapExperimentPaths(experiment, (path) => resolve(folder, path))
}

interface Trained {
  runs: RunRecord[]
  tuned: Tuned | null
}

/** `note` is told the runs once they are started. */
async function trainAll(
  client: EngineClient,
  experiment: Experiment,
  note: (runs: string[]) => Promise<void>,
): Promise<Trained> {
  const stop = showProgress(client)
  try {
    const datasetId = await openDataset(client, experiment)
    const {
      split = null,
      features = null,
      evaluation,
      models,
      seed,
      device,
      repeat = null,
      tuning,
      dataset,
    } = experiment
    const settings = { datasetId, clean: dataset.clean, split, evaluation, seed }
    const tuned = tuning ? await tune(client, experiment, tuning, { ...settings, features, device }) : null
    const started = tuned?.runs ?? (await client.call('runs.start', { ...settings, features, device, models, repeat }))
    const ids = new Set(started.map(({ id }) => id))
    await note([...ids])
    await onePrepared(client, ids)
    for (const warning of await splitWarnings(client, settings)) console.error(`Warning: ${warning}`)
    return { runs: await allEnded(client, ids), tuned }
  } finally {
    stop()
  }
}

async function openDataset(client: EngineClient, { dataset, split }: Experiment): Promise<string> {
  const { interactions, columns, format, time, items, users, pseudonymise } = dataset
  const predefined = split?.strategy === 'predefined' ? split : null
  const validation = typeof predefined?.validation === 'string' ? predefined.validation : undefined
  const job = await client.call('datasets.open', {
    ...(interactions !== undefined && { path: interactions }),
    ...(predefined && {
      parts: { train: predefined.train, test: predefined.test, ...(validation && { validation }) },
    }),
    ...(columns && { columns }),
    ...(format && { format }),
    ...(time && { time }),
    ...(items && { items }),
    ...(users && { users }),
    ...(pseudonymise && { pseudonymise }),
  })
  return until(client, async () => {
    const record = (await client.call('jobs.list', {})).find(({ id }) => id === job.id)
    if (record?.error) throw fromPlainError(record.error)
    return record?.state === 'done' ? record.subject : null
  })
}

/** Once one is, the split is not made a second time for what is said of it. */
async function onePrepared(client: EngineClient, ids: Set<string>): Promise<void> {
  await until(client, async () => {
    const runs = (await client.call('runs.list', {})).filter(({ id }) => ids.has(id))
    return runs.some(({ counts }) => counts !== null) || runs.every(isEnded) ? true : null
  })
}

function isEnded({ state }: RunRecord): boolean {
  return state !== 'queued' && state !== 'running'
}

export function allEnded(client: EngineClient, ids: Set<string>): Promise<RunRecord[]> {
  return until(client, async () => {
    const runs = (await client.call('runs.list', {})).filter(({ id }) => ids.has(id))
    return runs.every(isEnded) ? runs : null
  })
}

function refuseFailures(runs: RunRecord[]) {
  const failed = runs.filter(({ state }) => state !== 'done')
  if (failed.length === 0) return
  const reasons = failed.map(({ name, error }) => `${name}: ${error?.message ?? 'it was cancelled.'}`)
  throw fromPlainError({ code: failed[0].error?.code ?? 'CANCELLED', message: reasons.join('\n'), data: {} })
}
