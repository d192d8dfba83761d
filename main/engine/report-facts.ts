import * as v from 'valibot'
import type { CheckedInput } from '../contract/calls'
import { comparisonCalls } from '../contract/calls/comparison'
import { rankedItems, type Significance } from '../contract/comparison'
import { TopnError } from '../contract/errors'
import type { ExperimentFile } from '../contract/experiment'
import type { ExportFormatId } from '../contract/exports'
import type { RunRecord } from '../contract/records'
import type { ExportAbout, ReportFacts } from '../export/formats/format'
import type { Store } from '../store'
import type { Runs } from './runs'
import { topnVersion } from './workspace'

export interface FactOptions {
  store: Store
  runs: Runs
  significance(input: CheckedInput<'comparison.significance'>): Promise<Significance>
}

/** What an export says of its run; a report also how it compares. */
export async function aboutRun(run: RunRecord, format: ExportFormatId, options: FactOptions): Promise<ExportAbout> {
  const dataset = await options.store.dataset(run.datasetId)
  return {
    run: run.name,
    dataset: dataset.name,
    version: topnVersion,
    pseudonymised: dataset.source.pseudonymise ?? [],
    experiment: await experimentIfAny(run, options.runs),
    ...(format === 'report' && { report: await factsOf(run, options) }),
  }
}

/** Null where an experiment file cannot say what the run did. */
async function experimentIfAny({ id: runId }: RunRecord, runs: Runs): Promise<ExperimentFile | null> {
  try {
    return await runs.handlers['runs.experiment']({ runId })
  } catch (error) {
    if (error instanceof TopnError) return null
    throw error
  }
}

/** Runs that a report compares with its own. */
const mostCompared = 20
const significanceInput = comparisonCalls['comparison.significance']

/** The runs that were judged on the same users and candidates, and how sure their differences are. */
async function factsOf(run: RunRecord, { runs, significance }: FactOptions): Promise<ReportFacts> {
  const { clean, split, curve } = run
  const isLike = (other: RunRecord) =>
    other.state === 'done' && other.prepared === run.prepared && rankedItems(other) === rankedItems(run)
  const alike = runs.list().filter(isLike)
  const keys = Object.keys(run.metrics).filter((name) => name.startsWith('ndcg@'))
  const key = keys.find((name) => name === 'ndcg@10') ?? keys[0] ?? null
  const compared = key === null ? [] : alike.filter(({ metrics }) => key in metrics).slice(-mostCompared)
  const runIds = [run.id, ...compared.map(({ id }) => id).filter((id) => id !== run.id)]
  const comparison =
    key === null || runIds.length < 2 || (run.judgedUsers ?? 0) < 2
      ? null
      : await significance(v.parse(significanceInput, { runIds, reference: run.id, metric: key }))
  return { clean, split, curve, comparison, runs: alike.map(({ id, name, metrics }) => ({ id, name, metrics })) }
}
