import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckedInput } from '../contract/calls'
import { rankedItems, type Significance } from '../contract/comparison'
import { TopnError } from '../contract/errors'
import { lessIsBetter } from '../contract/experiment'
import type { RunRecord } from '../contract/records'
import { metrics } from '../evaluation/metrics/registry'
import { writeSafetensors } from '../files/safetensors'
import type { Tensors } from '../models/model'
import type { Store } from '../store'
import type { TaskRunner } from '../training/processes'
import { valueTensors } from '../training/results'
import type { Newest } from './newest'
import type { Runs } from './runs'
import type { WorkspaceFolders } from './workspace'

export interface ComparisonOptions {
  store: Store
  runs: Pick<Runs, 'find'>
  folders: WorkspaceFolders
  /** For what a screen waits for; a few at once. */
  runShortTask: TaskRunner
}

/** How sure it is that runs differ, over the users that they were judged on, and how alike their lists are. */
export function comparisonHandlers(options: ComparisonOptions, newest: Newest) {
  const { runs, folders, runShortTask } = options

  async function significance(input: CheckedInput<'comparison.significance'>, signal: AbortSignal) {
    const { runIds, metric, test, level, resamples, seed } = input
    const reference = runIds.indexOf(input.reference)
    if (reference < 0) throw refusal('reference', 'the reference must be one of the runs that are compared.')
    const { users, values } = await comparedValues(options, input)
    const direction = directionOf(metric)
    const settings = { test, level, resamples, seed }
    const compared = await withFile(folders, valueTensors(values), (path) =>
      runShortTask({ kind: 'compare', values: path, reference, direction, ...settings }, { report() {}, signal }),
    )
    const others = runIds.filter((_, at) => at !== reference)
    return {
      metric,
      direction,
      reference: input.reference,
      users: users.length,
      ...settings,
      runs: compared.runs.map((run, at) => ({ runId: runIds[at], ...run })),
      pairs: compared.pairs.map((pair, at) => ({ runId: others[at], ...pair })),
    } satisfies Significance
  }

  async function overlap({ first, second, k }: CheckedInput<'comparison.overlap'>, signal: AbortSignal) {
    const records = [first, second].map(runs.find)
    requireComparable(records)
    const longest = Math.min(...records.map(({ evaluation }) => Math.max(...evaluation.cutoffs)))
    if (k > longest) throw refusal('k', `the stored lists of these runs have ${longest} items. Choose no more.`)
    const [one, other] = records.map(({ id }) => folders.artifact(id))
    return runShortTask({ kind: 'overlap', first: one, second: other, k }, { report() {}, signal })
  }

  return {
    'comparison.overlap': (input: CheckedInput<'comparison.overlap'>) =>
      newest.run(input.view ?? randomUUID(), (signal) => overlap(input, signal)),
    'comparison.significance': (input: CheckedInput<'comparison.significance'>) =>
      newest.run(input.view ?? randomUUID(), (signal) => significance(input, signal)),
    'comparison.stop'({ view }: CheckedInput<'comparison.stop'>) {
      newest.stop(view)
      return null
    },
  }
}

/** The values of the users that all runs were judged on. Throws BAD_REQUEST where nothing can be compared. */
export async function comparedValues(
  { store, runs }: Pick<ComparisonOptions, 'store' | 'runs'>,
  { runIds, metric }: { runIds: readonly string[]; metric: string },
) {
  const records = runIds.map(runs.find)
  requireComparable(records)
  requireSameAttribute(records, metric)
  const found = await store.userValues(runIds, metric)
  if (found.users.length > 1) return found
  const lacking = records.filter((run) => !(metric in run.metrics)).map(({ name }) => name)
  if (lacking.length > 0) throw refusal('metric', `${lacking.join(', ')} has no ${metric}. Choose another metric.`)
  throw refusal(
    'metric',
    `${metric} has values of fewer than two single users, so runs cannot be compared by it user by user. Choose a metric of single lists.`,
  )
}

/** Throws BAD_REQUEST for runs that were not judged on the same users in the same way. */
export function requireComparable(records: readonly RunRecord[]): void {
  const [first, ...others] = records
  for (const run of records) {
    if (run.state !== 'done') throw refusal('runIds', `${run.name} is not trained; it has no metrics yet.`)
  }
  for (const run of others) {
    if (run.prepared !== first.prepared) {
      throw refusal(
        'runIds',
        `${run.name} and ${first.name} were judged on different data or splits. Compare runs of one split.`,
      )
    }
    if (rankedItems(run) !== rankedItems(first)) {
      throw refusal(
        'runIds',
        `${run.name} and ${first.name} ranked different candidates. Compare runs that ranked the same.`,
      )
    }
  }
}

/** Diversity and the like depend on the attribute that lists were judged by. */
function requireSameAttribute(records: readonly RunRecord[], metric: string): void {
  const [id] = metric.split('@')
  if (metrics.find((each) => each.id === id)?.kind !== 'described') return
  if (new Set(records.map(({ evaluation }) => evaluation.item_attribute)).size > 1) {
    throw refusal('runIds', `${metric} of these runs was judged by different attributes of items. Compare runs of one.`)
  }
}

export function directionOf(metric: string): 'higher' | 'lower' {
  const [id] = metric.split('@')
  return lessIsBetter.some((less) => less === id) ? 'lower' : 'higher'
}

export function refusal(field: string, message: string): TopnError {
  return new TopnError('BAD_REQUEST', message, { field })
}

/** Hands tensors to `work` as a file that is gone afterwards. */
export async function withFile<T>(
  folders: WorkspaceFolders,
  tensors: Tensors,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(folders.temporary, `${randomUUID()}.safetensors`)
  try {
    await writeSafetensors(path, tensors)
    return await work(path)
  } finally {
    await rm(path, { force: true })
  }
}
