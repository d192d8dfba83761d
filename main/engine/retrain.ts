import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { JobRecord, RunRecord } from '../contract/records'
import type { History } from '../data/with-history'
import { noItem } from '../evaluation/lists'
import { findModel } from '../models/registry'
import type { Store } from '../store'
import { readArtifactFile, readManifest } from '../training/artifact'
import type { TaskRunner } from '../training/processes'
import { listsFromTensors } from '../training/results'
import { needsOf } from './costs'
import type { JobContext, Jobs } from './jobs'
import { learnedFrom } from './lists'
import type { IndexedData } from './prepared-cache'
import { poolSize, ruledOut } from './rule-pools'
import { applied, isPlain, locate, type SandboxOptions, type Someone, shown, whomOf } from './sandbox'
import type { Handlers } from './service'

export interface RetrainOptions extends Omit<SandboxOptions, 'warm'> {
  store: Store
  jobs: Jobs
  runTask: TaskRunner
  threads: number
  memoryLimitBytes: number
}

type RetrainCalls = 'sandbox.retrain' | 'sandbox.retrained'

interface Retrained extends Pick<CheckedInput<'sandbox.retrain'>, 'runId' | 'user' | 'history'> {
  ranked: RankedItems
}

/** All items that a model ranks, the best first. */
interface RankedItems {
  items: Uint32Array
  scores: Float32Array
}

/** Lists of copies of runs that are kept; each is as long as there are items. */
const kept = 20

/** Copies of runs, trained with the history of one user put together by hand: for models that take no new histories. */
export function retrainHandlers(options: RetrainOptions): Pick<Handlers, RetrainCalls> {
  const { store, jobs } = options
  const found = new Map<string, Retrained>()

  async function retrain({ runId, user, history }: CheckedInput<'sandbox.retrain'>): Promise<JobRecord> {
    const { run, data, facts } = await locate(options, runId)
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
        found.set(retrainingId, { runId, user, history, ranked })
        for (const oldest of [...found.keys()].slice(0, Math.max(0, found.size - kept))) found.delete(oldest)
        return retrainingId
      },
    })
  }

  return {
    'sandbox.retrain': retrain,
    async 'sandbox.retrained'({ retrainingId, rules, k }) {
      const retrained = found.get(retrainingId)
      if (!retrained) return null
      const { ranked, ...given } = retrained
      const located = await locate(options, given.runId)
      const someone = whomOf(given, located.data, located.facts)
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

/** The model of the copy lies in a folder that is gone once its list is read. */
async function trainCopy(
  run: RunRecord,
  user: number | null,
  history: History,
  options: RetrainOptions,
  context: JobContext,
): Promise<RankedItems> {
  const { folders, threads, memoryLimitBytes } = options
  const artifact = join(folders.temporary, randomUUID())
  try {
    const prepared = folders.prepared(run.prepared ?? '')
    const learned = await learnedFrom(run, prepared, options, context)
    const { id: runId, model, params, seed } = run
    const device = run.deviceChoice ?? 'best'
    const task = { runId, model, params, seed, device, threads, memoryLimitBytes, prepared, artifact }
    const { features, members } = learned
    const goal = { kind: 'list-one' as const, user, history }
    await options.runTask({ kind: 'train', ...task, features, ...members, goal }, context)
    const lists = listsFromTensors(await readArtifactFile(artifact, await readManifest(artifact), 'lists'))
    const length = lists.items.indexOf(noItem)
    const end = length < 0 ? lists.items.length : length
    return { items: lists.items.slice(0, end), scores: lists.scores.slice(0, end) }
  } finally {
    await rm(artifact, { recursive: true, force: true })
  }
}
