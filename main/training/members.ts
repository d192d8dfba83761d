import type { Compute } from '../compute/compute'
import { TopnError } from '../contract/errors'
import type { Learned, Progress } from '../contract/records'
import type { Interactions, Member } from '../models/model'
import { createRandom } from '../models/random'
import { findModel } from '../models/registry'
import { type MemberEntry, readArtifactFile, readManifest } from './artifact'
import { checkMemory, featuresOf, fitModel } from './fit'
import { followTraining, learnedOf } from './learned'
import type { PhaseShare } from './progress'
import type { TaskContext, TaskMember, TrainTask } from './tasks'

interface MembersRequest {
  task: Pick<TrainTask, 'prepared' | 'memoryLimitBytes' | 'members'>
  /** Hash of the prepared data. */
  hash: string
  train: Interactions
  validation: Interactions | null
  /** Known histories of held-out users, by whom members are watched too. */
  foldIn: Interactions | null
  /** The one of `train` whom the files of features lack; null: nobody. */
  added: number | null
  compute: Compute
  /** Of the job's work. */
  share: PhaseShare
}

export interface LoadedMember extends Member {
  /** How its training in epochs ended; null for other models. */
  learned: Learned | null
}

/** The models and parameters that a task's model is made of, for its estimate. */
export function plannedMembers({ members = [] }: Pick<TrainTask, 'members'>): Pick<Member, 'model' | 'params'>[] {
  return members.map(({ model, params }) => ({ model: findModel(model), params }))
}

/** The runs that a task's model is made of: read where they lie trained, trained again where they do not. */
export async function loadMembers(request: MembersRequest, context: TaskContext): Promise<LoadedMember[]> {
  const { members = [] } = request.task
  const loaded: LoadedMember[] = []
  for (const [index, member] of members.entries()) {
    const size = (request.share.to - request.share.from) / members.length
    const from = request.share.from + index * size
    loaded.push(await loadMember(member, { ...request, share: { from, to: from + size } }, context))
  }
  return loaded
}

async function loadMember(member: TaskMember, request: MembersRequest, context: TaskContext): Promise<LoadedMember> {
  const { name, params, weight } = member
  const about = { name, model: findModel(member.model), params, ...(weight !== null && { weight }) }
  const made =
    member.artifact === null
      ? await trainMember(member, request, context)
      : await readMember(member, member.artifact, request.hash)
  return { ...about, ...made }
}

async function readMember({ name }: MemberEntry, artifact: string, hash: string) {
  const manifest = await readManifest(artifact)
  if (manifest.prepared !== hash || manifest.trainedOn !== 'train') {
    const message = `${name} was trained on other data or another split. Choose runs of the same data and split.`
    throw new TopnError('BAD_REQUEST', message, { field: 'members' })
  }
  return { tensors: await readArtifactFile(artifact, manifest, 'model'), learned: manifest.learned ?? null }
}

async function trainMember(
  { model: id, params, seed, features: file }: MemberEntry,
  { task, train, validation, foldIn, added, compute, share }: MembersRequest,
  { report, signal }: TaskContext,
) {
  const model = findModel(id)
  const features = await featuresOf(task.prepared, file, train, added)
  checkMemory(model, { train, features, foldIn }, { params, memoryLimitBytes: task.memoryLimitBytes }, compute.device)
  // Its epochs are none of the model that it becomes a part of.
  const quiet = {
    signal,
    report: (progress: Progress) => report({ ...progress, epoch: null, epochs: null, values: {} }),
  }
  const { checkpoints, state } = followTraining()
  const tools = { random: createRandom(seed), compute, share, checkpoints, ...quiet }
  const { tensors } = await fitModel(model, { train, features, validation, foldIn }, { params }, tools)
  const ended = state()
  return { tensors, learned: ended && learnedOf(ended, params) }
}
