import type { Compute } from '../compute/compute'
import { createCompute } from '../compute/create'
import type { LeftOut } from '../contract/experiment'
import { featureTensors } from '../data/features/files'
import { mergeParts } from '../data/merge-parts'
import type { PreparedData } from '../data/prepared'
import { readPrepared } from '../data/prepared-files'
import { type EvaluateRequest, evaluate } from '../evaluation/evaluate'
import { knownScorer } from '../evaluation/known-scorer'
import { rankedItems, recommendLists } from '../evaluation/recommend'
import { asFitted, type Model, scoresColdItems, type Tensors } from '../models/model'
import { createRandom, type Random } from '../models/random'
import { findModel } from '../models/registry'
import { type MemberEntry, writeArtifact } from './artifact'
import { bring } from './bring'
import { checkpointKey, openCheckpoints, type TaskCheckpoints } from './checkpoints'
import { deviceFor } from './devices'
import { faithfulnessOfLists } from './faithfulness'
import { checkMemory, featuresOf, fitModel, fitShare, itemFeaturesOf, listShare } from './fit'
import { learnedOf } from './learned'
import { type LoadedMember, loadMembers, plannedMembers } from './members'
import { moveModel } from './moved'
import { withOwnHistory } from './own-history'
import { type PhaseShare, phaseReporter } from './progress'
import { listTensors, userMetricTensors } from './results'
import type { TaskContext, TaskResults, TrainTask } from './tasks'

/** Members that lie trained take no time to read. */
function fitShares({ members = [] }: TrainTask) {
  const untrained = members.filter(({ artifact }) => artifact === null).length
  const middle = (fitShare.to * untrained) / (untrained + 1)
  return { members: { from: fitShare.from, to: middle }, model: { from: middle, to: fitShare.to } }
}

/** Fits a model, then evaluates it or lists for everyone, and writes the artifact. */
export async function trainTask(task: TrainTask, context: TaskContext): Promise<TaskResults['train']> {
  const planned = findModel(task.model)
  const data = await dataOf(task)
  const compute = await createCompute({ threads: task.threads, device: deviceFor(planned, task) })
  try {
    const tools = { random: createRandom(task.seed), compute, ...context }
    const made = await makeModel(planned, task, data, tools)
    const { model, params, tensors, checkpoints, brought } = made
    const members = made.members && endedMembers(made.members, model.memberWeights?.(tensors))
    const outcome = await listBy(made, task, data, tools)
    const latest = checkpoints?.latest()
    const learned = latest ? learnedOf(latest.state, task.params) : null
    const manifest = {
      ...about(task, data.prepared, compute, outcome.metrics),
      model: model.id,
      params,
      ...(members && { members: entriesOf(task, members) }),
      ...(learned && { learned }),
    }
    const contents = {
      model: tensors,
      ...outcome.contents,
      ...(latest && { checkpoint: latest.tensors }),
      ...(made.moved && { features: featureTensors(made.moved.features) }),
    }
    await writeArtifact(task.artifact, manifest, contents)
    return {
      fitSeconds: (checkpoints?.secondsBefore ?? 0) + made.seconds,
      evaluateSeconds: outcome.seconds,
      judgedUsers: outcome.judgedUsers,
      peakBytes: process.resourceUsage().maxRSS * 1024,
      metrics: outcome.metrics,
      leftOut: outcome.leftOut,
      curve: made.curve,
      device: compute.device,
      deviceName: compute.deviceName,
      members,
      learned,
      ...(brought && { found: brought.found, model: model.id, params: { ...params } }),
    }
  } finally {
    await compute.close()
  }
}

type TaskData = Awaited<ReturnType<typeof dataOf>>
type TaskTools = TaskContext & { random: Random; compute: Compute }

/** With the history of the one user who is asked about; `user` is nobody's where everyone is. */
async function dataOf({ prepared: folder, goal }: TrainTask) {
  const read = await readPrepared(folder)
  const { data: prepared, ...asked } =
    goal.kind === 'list-one' ? withOwnHistory(read, goal) : { data: read, user: -1, added: null }
  if (goal.kind === 'list-everyone') {
    return { prepared, ...asked, parts: { train: mergeParts(prepared), validation: null, foldIn: null } }
  }
  const { train, validation, foldIn } = prepared
  return { prepared, ...asked, parts: { train, validation, foldIn } }
}

/** Fits the model, or has it from elsewhere or from other data. */
async function makeModel(planned: Model, task: TrainTask, { prepared, parts, added }: TaskData, tools: TaskTools) {
  const { random, compute, ...context } = tools
  const features = await featuresOf(task.prepared, task.features, parts.train, added)
  checkMemory(planned, { ...parts, features, members: plannedMembers(task) }, task, compute.device)
  const shares = fitShares(task)
  const wanted = { task, hash: prepared.hash, ...parts, added, compute, share: shares.members }
  const members = task.members ? await loadMembers(wanted, context) : null
  const checkpoints = await checkpointsOf(task, prepared.hash, compute, context)
  const own = { random, compute, share: shares.model, ...context, ...(checkpoints && { checkpoints }) }
  const fitting = { ...parts, features, ...(members && { runs: members }) }
  const moved = task.moved && (await moveModel(task.moved, prepared, compute, telling(shares.model, context)))
  const brought =
    moved ?? (task.elsewhere && (await bring(task.elsewhere, prepared, task, telling(shares.model, context))))
  const { tensors, seconds, curve } = brought ?? (await fitModel(planned, fitting, task, own))
  const params = moved?.params ?? task.params
  return { model: brought?.model ?? planned, params, tensors, seconds, curve, checkpoints, brought, moved, members }
}

type MadeModel = Awaited<ReturnType<typeof makeModel>>

async function listBy(
  { model, params, tensors }: Pick<MadeModel, 'model' | 'params' | 'tensors'>,
  task: TrainTask,
  data: TaskData,
  { random, compute, ...context }: TaskTools,
): Promise<Outcome> {
  const { train, foldIn } = data.parts
  const fitted = { tensors, params, compute }
  const scorer = await knownScorer(model, fitted, { train, foldIn })
  const rater = model.rate ? await model.rate(fitted, train) : null
  const asked = { model: asFitted(model, fitted), fitted }
  const given = {
    scorer,
    rater,
    coldItems: scoresColdItems(model),
    scoresAreLogits: model.scoresAreLogits?.(params) ?? false,
    faithfulness: faithfulnessOfLists(asked, { train, foldIn }, random.derive('faithfulness'), context.signal),
  }
  const outcome = await list(task, data, given, random, context)
  rater?.close()
  scorer.close()
  return outcome
}

function telling(share: PhaseShare, { report, signal }: TaskContext) {
  return { signal, report: phaseReporter(share, report) }
}

/** Null for a model that has none, and where nothing is to be kept. */
async function checkpointsOf(
  task: TrainTask,
  hash: string,
  { device }: Compute,
  { pause }: TaskContext,
): Promise<TaskCheckpoints | null> {
  if (!task.checkpoints) return null
  const never = new AbortController().signal
  return openCheckpoints({ ...task.checkpoints, key: checkpointKey(task, hash, device), pause: pause ?? never })
}

interface Outcome {
  metrics: Record<string, number>
  leftOut: LeftOut
  contents: Record<string, Tensors>
  seconds: number
  judgedUsers: number | null
}

async function list(
  { goal, prepared: folder }: TrainTask,
  { prepared, user, parts: { train } }: TaskData,
  given: Pick<EvaluateRequest, 'scorer' | 'rater' | 'coldItems' | 'scoresAreLogits' | 'faithfulness'>,
  random: Random,
  { report, signal }: TaskContext,
): Promise<Outcome> {
  const started = performance.now()
  const progress = phaseReporter(listShare, report)
  if (goal.kind === 'evaluate') {
    const { evaluation } = goal
    const result = await evaluate({
      prepared,
      ...given,
      itemFeatures: await itemFeaturesOf(goal, folder, train),
      evaluation,
      random: random.derive('evaluate'),
      signal,
      report: progress,
    })
    const contents = { lists: listTensors(result.lists), users: userMetricTensors(result.users, result.perUser) }
    const judgedUsers = result.users.length
    const { metrics, leftOut } = result
    return { metrics, leftOut, contents, judgedUsers, seconds: (performance.now() - started) / 1000 }
  }
  const one = goal.kind === 'list-one'
  const users = one ? Uint32Array.of(user) : Uint32Array.from({ length: train.users }, (_, user) => user)
  const lists = await recommendLists({
    scorer: given.scorer,
    users,
    k: one ? train.items : goal.k,
    items: train.items,
    exclude: !one && goal.excludeSeen ? [train] : [],
    allowed: one ? rankedItems(train, given.coldItems ?? false) : null,
    signal,
    report: progress,
  })
  const seconds = (performance.now() - started) / 1000
  return { metrics: {}, leftOut: {}, contents: { lists: listTensors(lists) }, judgedUsers: null, seconds }
}

function endedMembers(members: readonly LoadedMember[], weights: number[] = []) {
  return members.map(({ learned }, at) => ({ weight: weights[at] ?? null, learned }))
}

/** The members as the manifest has them. */
function entriesOf({ members = [] }: TrainTask, made: ReturnType<typeof endedMembers>): MemberEntry[] {
  return members.map(({ artifact: _, ...entry }, at) => ({ ...entry, ...made[at] }))
}

function about(task: TrainTask, prepared: PreparedData, compute: Compute, metrics: Record<string, number>) {
  const { runId, model, params, seed } = task
  return {
    runId,
    model,
    params,
    seed,
    device: compute.device,
    threads: compute.threads,
    prepared: prepared.hash,
    features: task.features,
    trainedOn: task.goal.kind === 'list-everyone' ? ('everything' as const) : ('train' as const),
    evaluation: task.goal.kind === 'evaluate' ? task.goal.evaluation : null,
    metrics,
  }
}
