import { cp, mkdir, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Significance } from '../contract/comparison'
import { TopnError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import { readPrepared } from '../data/prepared-files'
import { writeFileAtomic } from '../files/atomic'
import { writeListsParquet } from '../store'
import { type ArtifactManifest, readArtifactFile, readManifest } from '../training/artifact'
import { listsFromTensors } from '../training/results'
import { type StudyResults, studyEntry } from './study-entry'

/** A trained run in a folder written by `topn run`, or in a workspace: both have the same shape. */
export interface FolderRun {
  manifest: ArtifactManifest
  artifact: string
  prepared: string
}

export interface RunResults {
  runs: RunRecord[]
  /** Of the runs with the best one; null where there is nothing to compare. */
  comparison: Significance | null
  /** The study whose best trials the runs are; null where nothing was tuned. */
  tuned: StudyResults | null
}

/** Makes the folder that `writeRunFolder` writes, so that one that cannot be made is known before the work is done. */
export async function makeRunFolder(out: string): Promise<void> {
  await mkdir(join(out, 'lists'), { recursive: true }).catch((cause) => {
    const message = `The folder ${out} cannot be made: ${cause.code}. Choose another one.`
    throw new TopnError('BAD_REQUEST', message, { file: out }, { cause })
  })
}

/** Writes what `topn run` promises: the leaderboard, each run's lists and artifact, and the data they need. */
export async function writeRunFolder(out: string, workspace: string, results: RunResults): Promise<void> {
  const { runs } = results
  for (const run of runs.filter(({ state }) => state === 'done')) {
    for (const part of [join('artifacts', run.id), join('prepared', run.prepared ?? '')]) {
      await copyFolder(join(workspace, part), join(out, part))
    }
    await writeLists(out, run)
  }
  await writeFileAtomic(
    join(out, 'leaderboard.json'),
    Buffer.from(`${JSON.stringify(leaderboard(results), null, 2)}\n`),
  )
}

/** The leaderboard file's content; its names are those of the experiment file. */
export function leaderboard({ runs, comparison, tuned }: RunResults) {
  const done = runs.filter(({ state }) => state === 'done')
  const failed = runs.filter(({ state }) => state !== 'done')
  return {
    runs: done.map((run) => ({
      id: run.id,
      model: run.model,
      params: run.params,
      ...(run.members && { members: run.members.map(({ runId, weight }) => ({ id: runId, weight })) }),
      seed: run.seed,
      ...(run.series && { series: run.series }),
      ...(run.study && { study: run.study }),
      device: run.device,
      fit_seconds: run.fitSeconds,
      evaluate_seconds: run.evaluateSeconds,
      metrics: run.metrics,
    })),
    ...(comparison && { comparison: comparisonEntry(comparison) }),
    ...(tuned && { study: studyEntry(tuned) }),
    ...(failed.length > 0 && {
      failed: failed.map(({ id, model, params, error }) => ({ id, model, params, reason: error?.message ?? null })),
    }),
  }
}

/** The runs against the best one, user by user: see docs/significance.md. */
function comparisonEntry({ metric, reference, users, test, level, resamples, seed, pairs }: Significance) {
  return {
    metric,
    reference,
    users,
    test,
    level,
    resamples,
    seed,
    runs: pairs.map(({ runId, difference, interval, p, corrected, effect, better, equal, worse }) => ({
      id: runId,
      difference,
      interval: [interval.from, interval.to],
      p,
      p_corrected: corrected,
      effect_size: effect,
      better,
      equal,
      worse,
    })),
  }
}

/**
 * The run that `wanted` names, by run id or model id (the latest of that model); without it the only run, or the one
 * with the highest value of the first metric.
 */
export async function findRun(folder: string, wanted: string | undefined): Promise<FolderRun> {
  const runs = await runsIn(resolve(folder))
  if (runs.length === 0) {
    throw new TopnError('NOT_FOUND', `There is no trained model in ${folder}. Name a folder that topn run wrote.`)
  }
  const chosen = wanted === undefined ? bestOf(runs) : named(runs, wanted)
  if (chosen) return chosen
  const known = runs.map(({ manifest }) => manifest.runId).join(', ')
  throw new TopnError('NOT_FOUND', `There is no run or model ${wanted} in ${folder}; it has ${known}.`)
}

async function runsIn(folder: string): Promise<FolderRun[]> {
  const names = await readdir(join(folder, 'artifacts')).catch(() => [])
  const found = names.map(async (name) => {
    const artifact = join(folder, 'artifacts', name)
    const manifest = await readManifest(artifact)
    return { manifest, artifact, prepared: join(folder, 'prepared', manifest.prepared) }
  })
  const whole = (await Promise.allSettled(found)).flatMap((run) => (run.status === 'fulfilled' ? [run.value] : []))
  return whole.filter(({ manifest }) => manifest.trainedOn === 'train')
}

function named(runs: FolderRun[], wanted: string): FolderRun | undefined {
  const byId = runs.find(({ manifest }) => manifest.runId === wanted)
  const ofModel = runs.filter(({ manifest }) => manifest.model === wanted)
  return byId ?? ofModel.sort((a, b) => a.manifest.createdAt.localeCompare(b.manifest.createdAt)).at(-1)
}

function bestOf(runs: FolderRun[]): FolderRun {
  const key = Object.keys(runs[0].manifest.metrics)[0] ?? ''
  const value = ({ manifest }: FolderRun) => manifest.metrics[key] ?? Number.NEGATIVE_INFINITY
  return runs.reduce((best, run) => (value(run) > value(best) ? run : best))
}

async function writeLists(out: string, run: RunRecord): Promise<void> {
  const artifact = join(out, 'artifacts', run.id)
  const lists = listsFromTensors(await readArtifactFile(artifact, await readManifest(artifact), 'lists'))
  const { userIds, itemIds } = await readPrepared(join(out, 'prepared', run.prepared ?? ''))
  await writeListsParquet(join(out, 'lists', `${run.id}.parquet`), { userIds, itemIds, lists })
}

/** Nothing to do where the output folder is the workspace itself. */
async function copyFolder(from: string, to: string): Promise<void> {
  if (resolve(from) !== resolve(to)) await cp(from, to, { recursive: true })
}
