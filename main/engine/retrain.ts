import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { JobRecord, RunRecord } from '../contract/records'
import { readPrepared, writePrepared } from '../data/prepared-files'
import { type History, withHistory, withUser } from '../data/with-history'
import { noItem } from '../evaluation/lists'
import { findModel } from '../models/registry'
import type { Store } from '../store'
import { readArtifactFile, readManifest } from '../training/artifact'
import type { TaskRunner } from '../training/processes'
import type { Ranked } from '../training/questions'
import { listsFromTensors } from '../training/results'
import { needsOf } from './costs'
import type { JobContext, Jobs } from './jobs'
import { learnedFrom } from './lists'
import type { IndexedData } from './prepared-cache'
import { poolSize, ruledOut } from './rule-pools'
import { applied, isPlain, type Located, locate, type SandboxOptions, type Someone, shown, whomOf } from './sandbox'
import type { Handlers } from './service'

export interface RetrainOptions extends Omit<SandboxOptions, 'warm'> {
  store: Store
  jobs: Jobs
  runTask: TaskRunner
  threads: number
  memoryLimitBytes: number
}

type RetrainCalls = 'sandbox.retrain' | 'sandbox.retrained'

interface Retrained {
  located: Located
  someone: Someone
  /** All items that the model ranks, the best first. */
  ranked: Ranked
}

/** Lists of copies of runs that are kept; each is as long as there are items. */
const kept = 20

/** Copies of runs, trained with the history of one user put together by hand: for models that take no new histories. */
export function retrainHandlers(options: RetrainOptions): Pick<Handlers, RetrainCalls> {
  const { store, jobs } = options
  const found = new Map<string, Retrained>()

  async function retrain({ runId, user, history }: CheckedInput<'sandbox.retrain'>): Promise<JobRecord> {
    const located = await locate(options, runId)
    const { run, data, facts } = located
    const someone = whomOf({ user, history }, data, facts)
    const index = user === null ? null : (data.userIndex(user) ?? null)
    refuse(run, data, index)
    const { profile } = await store.dataset(run.datasetId)
    const own = ownHistory(someone)
    const retrainingId = randomUUID()
    return jobs.start({
      kind: 'what-if',
      title: run.name,
      subject: retrainingId,
      about: [run.id, run.datasetId],
      needs: needsOf(findModel(run.model), profile, run.params, run.threads),
      beforeRetry: async () => void options.runs.find(runId),
      async work(context) {
        const ranked = await trainCopy(run, index, own, options, context)
        found.set(retrainingId, { located, someone, ranked })
        for (const oldest of [...found.keys()].slice(0, Math.max(0, found.size - kept))) found.delete(oldest)
        return retrainingId
      },
    })
  }

  return {
    'sandbox.retrain': retrain,
    'sandbox.retrained'({ retrainingId, rules, k }) {
      const kept = found.get(retrainingId)
      if (!kept) return null
      const { located, someone, ranked } = kept
      const hidden = new Set([...(rules.excludeSeen ? someone.seen : []), ...ruledOut(rules, located.facts)])
      const places = [...ranked.items.keys()].filter((at) => !hidden.has(ranked.items[at]))
      const first = places.slice(0, isPlain(rules) ? k : poolSize)
      const pool = { items: first.map((at) => ranked.items[at]), scores: first.map((at) => ranked.scores[at]) }
      return shown(applied(pool, rules, k, someone.known, located.facts), located, someone.held)
    },
  }
}

function refuse(run: RunRecord, { foldIn }: IndexedData, user: number | null): void {
  if (run.elsewhere) {
    const message =
      run.elsewhere.from.kind === 'run'
        ? `${run.name} was trained on other data and cannot be trained on this.`
        : `${run.name} was made elsewhere and cannot be trained again.`
    throw new TopnError('BAD_REQUEST', message, { runId: run.id })
  }
  if (user === null || !foldIn || foldIn.offsets[user + 1] === foldIn.offsets[user]) return
  const message = 'The split holds this user out: no model learns from their history. Choose another user.'
  throw new TopnError('BAD_REQUEST', message, { field: 'user' })
}

function ownHistory({ whom }: Someone): History {
  return 'history' in whom ? whom.history : { items: [], values: [] }
}

/** Prepared data, features and model of the copy lie in a folder that is gone once its list is read. */
async function trainCopy(
  run: RunRecord,
  index: number | null,
  history: History,
  options: RetrainOptions,
  context: JobContext,
): Promise<Ranked> {
  const { folders, threads, memoryLimitBytes } = options
  const folder = join(folders.temporary, randomUUID())
  const [prepared, artifact] = [join(folder, 'prepared'), join(folder, 'artifact')]
  try {
    context.report({ phase: 'prepare' })
    const base = await readPrepared(folders.prepared(run.prepared ?? ''))
    const { data, user } = index === null ? withUser(base, newId(base.userIds)) : { data: base, user: index }
    await writePrepared(prepared, withHistory(data, user, history))
    const learned = await learnedFrom(run, prepared, options, context)
    const { id: runId, model, params, seed } = run
    const device = run.deviceChoice ?? 'best'
    const task = { runId, model, params, seed, device, threads, memoryLimitBytes, prepared, artifact }
    const { features, members } = learned
    const goal = { kind: 'list-one' as const, user }
    await options.runTask({ kind: 'train', ...task, features, ...members, goal }, context)
    const lists = listsFromTensors(await readArtifactFile(artifact, await readManifest(artifact), 'lists'))
    const length = lists.items.indexOf(noItem)
    const end = length < 0 ? lists.items.length : length
    return { items: [...lists.items.subarray(0, end)], scores: [...lists.scores.subarray(0, end)] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function newId(ids: readonly string[]): string {
  const known = new Set(ids)
  let id = 'what-if'
  while (known.has(id)) id += '-'
  return id
}
