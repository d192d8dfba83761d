import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { HistoryItem, JobRecord, ListedItem, RunMember, RunRecord } from '../contract/records'
import { noItem } from '../evaluation/lists'
import { readSafetensors } from '../files/safetensors'
import type { Interactions } from '../models/model'
import type { Store } from '../store'
import { readArtifactFile, readManifest } from '../training/artifact'
import type { TaskRunner } from '../training/processes'
import { noProgress } from '../training/progress'
import { listsFromTensors } from '../training/results'
import type { TaskContext, TaskMember } from '../training/tasks'
import { featuresFile } from './features'
import type { ItemFacts } from './item-facts'
import type { Jobs } from './jobs'
import { everyoneParams } from './learning'
import { memberLearned } from './members'
import type { IndexedData } from './prepared-cache'
import type { Runs } from './runs'
import type { Handlers } from './service'
import { everyoneArtifact, type WorkspaceFolders } from './workspace'

type ListCalls = 'users.search' | 'users.history' | 'lists.forUser' | 'lists.forEveryone'
type Ranked = { items: Uint32Array; scores: Float32Array }

export interface ListOptions {
  store: Store
  jobs: Jobs
  runs: Runs
  folders: WorkspaceFolders
  preparedOf(hash: string): Promise<IndexedData>
  runTask: TaskRunner
  /** For what a screen waits for; a few at once. */
  runShortTask: TaskRunner
  threads: number
  memoryLimitBytes: number
}

/** Users, their histories, and what each run recommends to them. */
export function listHandlers(
  options: ListOptions & { factsOf(about: { run: RunRecord; data: IndexedData }): Promise<ItemFacts> },
): Pick<Handlers, ListCalls> {
  const { store, jobs, runs } = options

  async function locate(runId: string, user: string) {
    const run = runs.find(runId)
    if (run.state !== 'done' || run.prepared === null) {
      throw new TopnError('BAD_REQUEST', `${run.name} is not trained; its lists come once it is.`, { runId })
    }
    const data = await options.preparedOf(run.prepared)
    const index = data.userIndex(user)
    if (index === undefined) {
      throw new TopnError('NOT_FOUND', `There is no user ${user} in the data of ${run.name}, after cleaning.`, { user })
    }
    return { run, data, index }
  }

  /** The stored list where it was ranked over everything and is long enough; scored again otherwise. */
  async function rankedFor(run: RunRecord, user: number, limit: number): Promise<Ranked> {
    const stored = run.evaluation.candidates === 'all' ? await store.listOf(run.id, user) : null
    const storedLength = Math.max(...run.evaluation.cutoffs)
    return stored && storedLength >= limit ? stored : scoreAgain(run, user, limit)
  }

  async function scoreAgain(run: RunRecord, user: number, limit: number): Promise<Ranked> {
    const { folders } = options
    const output = join(folders.temporary, `${randomUUID()}.safetensors`)
    const context = { signal: new AbortController().signal, report() {} }
    try {
      await options.runShortTask(
        {
          kind: 'lists',
          prepared: folders.prepared(run.prepared ?? ''),
          artifact: folders.artifact(run.id),
          users: [user],
          k: limit,
          excludeSeen: run.evaluation.exclude_seen,
          threads: 1,
          output,
        },
        context,
      )
      return listsFromTensors(await readSafetensors(output))
    } finally {
      await rm(output, { force: true })
    }
  }

  async function forUser({ runId, user, limit }: CheckedInput<'lists.forUser'>): Promise<ListedItem[]> {
    const { run, data, index } = await locate(runId, user)
    const { items, scores } = await rankedFor(run, index, limit)
    const held = new Set(itemsOf(data.test, index))
    return [...items.subarray(0, limit)]
      .map((item, rank) => ({ item, rank }))
      .filter(({ item }) => item !== noItem)
      .map(({ item, rank }) => ({
        item: data.itemIds[item],
        title: data.titles?.[item] || null,
        score: scores[rank],
        rank: rank + 1,
        hit: held.size > 0 ? held.has(item) : null,
      }))
  }

  function forEveryone({ runId, k }: CheckedInput<'lists.forEveryone'>): JobRecord {
    const run = runs.find(runId)
    return jobs.start({
      kind: 'lists',
      title: run.name,
      subject: null,
      about: [run.id, run.datasetId],
      beforeRetry: async () => void runs.find(runId),
      async work(context) {
        const artifact = await trainForEveryone(run, k, options, context)
        context.report({ ...noProgress, phase: 'write', fraction: 1 })
        return exportLists(artifact, run, options)
      },
    })
  }

  return {
    'users.search': ({ datasetId, query, limit, offset }) => store.searchUsers(datasetId, query, limit, offset),
    async 'users.history'({ runId, user }) {
      const { run, data, index } = await locate(runId, user)
      return historyOf(data, index, await options.factsOf({ run, data }))
    },
    'lists.forUser': forUser,
    'lists.forEveryone': forEveryone,
  }
}

/** Trains a run's model once more on all of its data, with lists for everyone; answers the artifact's folder. */
export async function trainForEveryone(
  run: RunRecord,
  k: number,
  options: ListOptions,
  context: TaskContext,
): Promise<string> {
  const { id: runId, model, seed, device } = run
  const params = everyoneParams(run)
  if (run.elsewhere) {
    const message =
      run.elsewhere.from.kind === 'run'
        ? `${run.name} was trained on other data, so it cannot be trained on all of this.`
        : `${run.name} was made elsewhere, so it cannot be trained on all data.`
    throw new TopnError('BAD_REQUEST', message, { runId })
  }
  if (run.prepared === null) throw new TopnError('BAD_REQUEST', `${run.name} is not trained yet.`, { runId })
  const artifact = everyoneArtifact(options.folders, runId)
  const { threads, memoryLimitBytes } = options
  const task = { model, params, seed, device, threads, memoryLimitBytes, runId, artifact }
  const goal = { kind: 'list-everyone' as const, k, excludeSeen: run.evaluation.exclude_seen }
  const prepared = options.folders.prepared(run.prepared)
  const whole = {
    ...run,
    members: run.members?.map((member) => ({ ...member, params: everyoneMember(member, options.runs) })) ?? null,
  }
  const { features, members } = await learnedFrom(whole, prepared, options, context)
  await options.runTask({ kind: 'train', prepared, features, ...members, ...task, goal }, context)
  return artifact
}

function everyoneMember(member: RunMember, runs: Runs): RunMember['params'] {
  const own = runs.list().find(({ id }) => id === member.runId)
  return everyoneParams({ params: member.params, learned: memberLearned(member, own) })
}

/** The features of a run, and the runs that it is made of: they are trained again and keep their weights. */
export async function learnedFrom(
  run: RunRecord,
  folder: string,
  options: Pick<ListOptions, 'store' | 'folders' | 'runTask'>,
  context: TaskContext,
) {
  const about = { clean: run.clean, dataset: await options.store.dataset(run.datasetId), prepared: { folder } }
  const features = await featuresFile(run, about, options, context)
  if (!run.members) return { features }
  const members: TaskMember[] = []
  for (const member of run.members) {
    const own = await featuresFile(member, about, options, context)
    members.push({ ...member, features: own, artifact: null })
  }
  return { features, members: { members } }
}

async function exportLists(artifact: string, run: RunRecord, { store, folders, preparedOf }: ListOptions) {
  const lists = listsFromTensors(await readArtifactFile(artifact, await readManifest(artifact), 'lists'))
  const { userIds, itemIds } = await preparedOf(run.prepared ?? '')
  await mkdir(folders.exports, { recursive: true })
  const path = join(folders.exports, `${run.id}-everyone.parquet`)
  await store.writeLists(path, { userIds, itemIds, lists })
  return path
}

function itemsOf(part: Interactions, user: number): Uint32Array {
  return part.itemIndices.subarray(part.offsets[user], part.offsets[user + 1])
}

/** All parts of a user's history in time order; without times, training first. */
function historyOf(data: IndexedData, user: number, facts: ItemFacts): HistoryItem[] {
  const parts = [
    ['train', data.train],
    ['fold-in', data.foldIn],
    ['validation', data.validation],
    ['test', data.test],
  ] as const
  const items = parts.flatMap(([part, interactions]) =>
    interactions ? historyOfPart(data, interactions, part, user, facts) : [],
  )
  return items.sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0))
}

function historyOfPart(
  data: IndexedData,
  from: Interactions,
  part: HistoryItem['part'],
  user: number,
  facts: ItemFacts,
): HistoryItem[] {
  const history: HistoryItem[] = []
  for (let at = from.offsets[user]; at < from.offsets[user + 1]; at++) {
    const item = from.itemIndices[at]
    history.push({
      item: data.itemIds[item],
      title: data.titles?.[item] || null,
      value: from.values[at],
      timestamp: from.timestamps?.[at] ?? null,
      part,
      categories: facts.namesOf(item),
    })
  }
  return history
}
