import { rm } from 'node:fs/promises'
import { type ElsewhereFound, type MovedFound, type MovedProblem, sayUnknown } from '../contract/elsewhere'
import { type PlainError, TopnError, toPlainError } from '../contract/errors'
import type { PartCounts, Progress, RunMember, RunRecord, SplitCounts } from '../contract/records'
import { findModel } from '../models/registry'
import type { Store } from '../store'
import { readArtifactFile, readManifest } from '../training/artifact'
import { checkpointFile, readTrainingState } from '../training/checkpoints'
import { gigabytes } from '../training/memory'
import type { TaskRunner } from '../training/processes'
import { listsFromTensors, userMetricsFromTensors } from '../training/results'
import type { FeatureGaps, TaskMember } from '../training/tasks'
import { encodeFeatures, type FeaturesRequest, featuresFile } from './features'
import { encodeItemAttribute } from './item-attribute'
import type { JobContext } from './jobs'
import { memberTask } from './members'
import { movedTask } from './move-run'
import { chooseSplit, type Preparer } from './prepare'
import type { RunLog } from './run-log'
import type { RunRecords } from './run-records'
import { folderBytes, type WorkspaceFolders } from './workspace'

export interface TrainerOptions {
  store: Store
  folders: WorkspaceFolders
  preparer: Preparer
  runTask: TaskRunner
  memoryLimitBytes: number
  records: RunRecords
  runLog: RunLog
}

/** The work of a training job: prepares the data of a run, trains and evaluates it, and keeps record and log of it. */
export function createTrainer(options: TrainerOptions): (runId: string, context: JobContext) => Promise<string> {
  const { store, folders, records, runLog } = options

  async function train(run: RunRecord, context: JobContext): Promise<Partial<RunRecord>> {
    const dataset = await store.dataset(run.datasetId)
    const candidatesFile = candidatesFileOf(run)
    const split = run.split ?? chooseSplit(dataset, run.clean, null)
    const prepared = await options.preparer.prepare({ ...run, dataset, split, candidatesFile }, context)
    const { picture: _, contentHash = null, ...counts } = prepared.inspection
    await records.change(run.id, { prepared: prepared.hash, contentHash, counts })
    await runLog.append(run.id, describeCounts(counts))
    if (counts.foldIn) await runLog.append(run.id, describeFoldIn(counts.foldIn))
    refuseEmptyParts(counts)
    const encoded =
      run.features && (await encodeFeatures({ ...run, features: run.features, dataset, prepared }, options, context))
    for (const gaps of encoded?.gaps ?? []) for (const line of describeGaps(gaps)) await runLog.append(run.id, line)
    const itemAttribute = await encodeItemAttribute({ ...run, dataset, prepared }, options, context)
    const members = await memberTasks(run, { clean: run.clean, dataset, prepared }, options, context)
    const from = run.elsewhere?.from
    const moved = from?.kind === 'run' && (await movedTask(run, from.runId, { dataset, prepared }, options, context))
    const artifact = folders.artifact(run.id)
    const {
      members: made,
      found,
      ...result
    } = await options.runTask(
      {
        kind: 'train',
        prepared: prepared.folder,
        features: encoded?.file ?? null,
        artifact,
        runId: run.id,
        model: run.model,
        params: run.params,
        seed: run.seed,
        threads: run.threads,
        device: run.deviceChoice ?? 'best',
        memoryLimitBytes: options.memoryLimitBytes,
        goal: { kind: 'evaluate', evaluation: run.evaluation, itemAttribute },
        ...(members && { members }),
        ...(moved && { moved }),
        ...(from && from.kind !== 'run' && { elsewhere: from }),
        ...(findModel(run.model).checkpoint && { checkpoints: checkpointsOf(run, folders) }),
      },
      context,
    )
    const manifest = await readManifest(artifact)
    await store.saveRunResults(run.id, {
      lists: listsFromTensors(await readArtifactFile(artifact, manifest, 'lists')),
      userMetrics: userMetricsFromTensors(await readArtifactFile(artifact, manifest, 'users')),
    })
    if (run.elsewhere && found) {
      for (const line of describeFound(found)) await runLog.append(run.id, line)
      const elsewhere = { ...run.elsewhere, found }
      return { ...result, elsewhere, fitSeconds: null, bytes: await folderBytes(artifact), state: 'done' }
    }
    if (!run.members) return { ...result, bytes: await folderBytes(artifact), state: 'done' }
    const ended = run.members.map((member, at) => ({ ...member, ...made?.[at] }))
    await runLog.append(run.id, describeWeights(ended))
    return { ...result, members: ended, bytes: await folderBytes(artifact), state: 'done' }
  }

  return async (id, context) => {
    try {
      context.signal.throwIfAborted()
      const run = await records.change(id, { state: 'running' })
      if (run.continues) await runLog.append(id, describeOrigin(run.continues))
      await runLog.append(id, `Training of ${run.model} started with ${run.threads} threads, seed ${run.seed}.`)
      const changes = await train(run, { ...context, report: follow(id, context, options) })
      await runLog.append(id, describeResult(await records.change(id, changes)))
      await rm(folders.checkpoints(id), { recursive: true, force: true })
      return id
    } catch (error) {
      const isStopped = context.signal.aborted
      const reason = toPlainError(isStopped ? context.signal.reason : error)
      for (const line of describeError(reason, error)) await runLog.append(id, line)
      const isPaused = isStopped && reason.code === 'PAUSED'
      // What failed is repeated from its last checkpoint; what is cancelled is given up.
      if (isStopped && !isPaused) await rm(folders.checkpoints(id), { recursive: true, force: true })
      if (isPaused) await records.change(id, { state: 'paused', error: null, ...(await learnedBy(id, folders)) })
      else await records.change(id, { state: isStopped ? 'cancelled' : 'failed', error: reason })
      throw error
    }
  }
}

/** A training goes on from its own last checkpoint, or from that of the run that it continues. */
function checkpointsOf({ id, continues }: RunRecord, folders: WorkspaceFolders) {
  const folder = folders.checkpoints(id)
  const from = [folder, ...(continues ? [folders.artifact(continues.runId)] : [])].map(checkpointFile)
  return { folder, from, intervalMilliseconds: checkpointInterval }
}

const checkpointInterval = 5000

/** The curve up to where a training goes on: its reports may have skipped epochs. */
async function learnedBy(id: string, folders: WorkspaceFolders): Promise<Partial<RunRecord>> {
  const state = await readTrainingState(checkpointFile(folders.checkpoints(id)))
  return state ? { curve: [...state.curve] } : {}
}

/** The candidates file that a run is judged by, or null. */
export function candidatesFileOf({ evaluation: { candidates } }: Pick<RunRecord, 'evaluation'>): string | null {
  return typeof candidates === 'object' && 'file' in candidates ? candidates.file : null
}

/** What the model is made of, as work for a job; null for a model that is not made of runs. */
async function memberTasks(
  run: RunRecord,
  about: Omit<FeaturesRequest, 'features'>,
  options: TrainerOptions,
  context: JobContext,
): Promise<TaskMember[] | null> {
  if (!run.members) return null
  const known = new Map(options.records.list().map((record) => [record.id, record]))
  const tasks: TaskMember[] = []
  for (const member of run.members) {
    const features = await featuresFile(member, about, options, context)
    tasks.push(memberTask(member, known.get(member.runId), features, options.folders.artifact))
  }
  return tasks
}

/** Passes reports on, extends the run's curve by them, and writes each new phase into the log. */
function follow(runId: string, { report }: JobContext, { records, runLog }: TrainerOptions): JobContext['report'] {
  let last = ''
  return (progress: Partial<Progress> & { phase: string }) => {
    if (progress.phase !== last) void runLog.append(runId, `Phase: ${progress.phase}.`)
    last = progress.phase
    records.follow(runId, progress)
    report(progress)
  }
}

const emptyParts = {
  train: 'The train part is empty, so nothing can be trained. Choose another split.',
  test: 'The test part is empty, so nothing can be judged. Choose another split.',
}

/** A part without interactions would be found out only after the training, or by nobody. */
function refuseEmptyParts(counts: SplitCounts): void {
  for (const part of ['train', 'test'] as const) {
    if (counts[part].interactions === 0) throw new TopnError('BAD_DATA', emptyParts[part])
  }
}

function describeOrigin({ runId, epochs }: NonNullable<RunRecord['continues']>): string {
  return `Goes on with ${runId}, after epoch ${epochs}.`
}

function describeCounts({ train, validation, test, coldUsers, coldItems }: SplitCounts): string {
  return (
    `Data prepared: ${train.interactions} interactions of ${train.users} users and ${train.items} items to train, ` +
    `${validation?.interactions ?? 0} to validate, ${test.interactions} to test; ` +
    `${coldUsers} cold users, ${coldItems} cold items.`
  )
}

function describeFoldIn({ interactions, users }: PartCounts): string {
  return `Known of held-out users: ${interactions} interactions of ${users} users.`
}

/** How it fits the data, as lines of the run's log. */
function describeFound(found: ElsewhereFound): string[] {
  const { rows, leftOut, unknownUsers, unknownItems, users, withoutList, ranksStandIn, moved } = found
  if (moved) return describeMoved(moved, users)
  return [
    `Made elsewhere: ${rows} rows, ${leftOut} of them left out; ${sayUnknown(unknownUsers)} users and ${sayUnknown(unknownItems)} items are not in this data.`,
    `${users} users of this data have something; ${withoutList} users with test items have nothing and are judged by empty lists.`,
    ...(ranksStandIn ? ['The scores do not say the order of the lists, so 1 / rank stands for the score.'] : []),
  ]
}

function describeMoved({ run, dataset, features, items, itemsWithFeatures }: MovedFound, users: number): string[] {
  return [
    `Trained on ${dataset} as ${run}: ${itemsWithFeatures} of ${items} items have a feature that it knows; ${users} users are known by their histories.`,
    ...features.map(({ name, problem, learned, shared, unknown, values, lost }) =>
      problem
        ? `${name}: nothing of it is used: ${movedProblems[problem]}`
        : `${name}: ${shared} of ${learned} columns that it has learned are in this data; ${unknown} of this data it does not know, with ${lost} of ${values} numbers.`,
    ),
  ]
}

const movedProblems: Record<MovedProblem, string> = {
  missing: 'this data has no such attribute of items.',
  'other-kind': 'this data has an attribute of another kind under that name.',
  components: 'components that were found in other data mean something else.',
  'of-users': 'users are known by their histories alone.',
}

function describeGaps({ column, named, missing, examples }: FeatureGaps): string[] {
  if (missing === 0) return [`${column}: all ${named} pictures have a vector.`]
  const files = examples.map(({ file, reason }) => `No vector of ${file}: ${reason}`)
  return [`${column}: ${missing} of ${named} pictures have no vector.`, ...files]
}

function describeWeights(members: RunMember[]): string {
  return `Weights: ${members.map(({ name, weight }) => `${name} ${weight?.toFixed(3)}`).join(', ')}.`
}

function describeResult({ fitSeconds, evaluateSeconds, peakBytes, bytes, device, deviceName }: RunRecord): string {
  const seconds = (value: number | null) => (value ?? 0).toFixed(3)
  return (
    `Done on ${device} (${deviceName}): fitted in ${seconds(fitSeconds)} s, evaluated in ${seconds(evaluateSeconds)} s, ` +
    `peak memory ${gigabytes(peakBytes ?? 0)}, ${bytes} bytes on disk.`
  )
}

/** The sentence for the user, then what is known of the place, and what an error of TopN's own was. */
function describeError({ code, message, data }: PlainError, error: unknown): string[] {
  const place = Object.keys(data).length > 0 ? [`Where: ${JSON.stringify(data)}`] : []
  const detail = code === 'INTERNAL' && error instanceof Error ? [String(error.stack)] : []
  return [code === 'CANCELLED' || code === 'PAUSED' ? message : `Failed (${code}): ${message}`, ...place, ...detail]
}
