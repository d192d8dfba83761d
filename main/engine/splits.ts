import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { Evaluation, Split } from '../contract/experiment'
import type { RunRecord } from '../contract/records'
import type { SplitPower, SplitPreview } from '../contract/split-preview'
import { warningsOf } from '../data/split/warnings'
import { cannotFoldIn } from '../evaluation/known-scorer'
import type { Model } from '../models/model'
import type { Store } from '../store'
import type { Hub } from './hub'
import { createNewest } from './newest'
import { chooseSplit, type Preparer } from './prepare'
import { viewProgress } from './view-progress'

interface PreviewParts {
  store: Store
  hub: Hub
  runs: { list(): RunRecord[] }
  preparer: Pick<Preparer, 'preview'>
}

/**
 * Answers what a split would look like, what speaks against it, and how small a difference its test part can show. Of a
 * place that shows it the newest question counts: it ends an older one.
 */
export function splitPreviewer({ store, hub, runs, preparer }: PreviewParts) {
  const newest = createNewest('A newer split is looked at instead.')

  async function preview(input: CheckedInput<'splits.preview'>, signal: AbortSignal): Promise<SplitPreview> {
    const dataset = await store.dataset(input.datasetId)
    const { clean, evaluation, seed } = input
    const split = chooseSplit(dataset, clean, input.split)
    const request = { dataset, clean, split, seed, candidatesFile: null }
    const tell = viewProgress(hub, input.view)
    const inspection = await preparer.preview(request, { report: ({ fraction }) => tell(fraction), signal })
    const { picture, ...counts } = inspection
    const warnings = warningsOf({ counts, picture, split, evaluation })
    const earlier = runs.list().filter(({ datasetId }) => datasetId === dataset.id)
    return { ...inspection, warnings, power: await powerOf(store, earlier, evaluation, counts.test.users) }
  }

  return (input: CheckedInput<'splits.preview'>) =>
    newest.run(input.view ?? input.datasetId, (signal) => preview(input, signal))
}

/**
 * Of NDCG@10 on all items: a typical difference of single users where one item each is held out, measured between
 * models of different families. See docs/metrics.md.
 */
const assumedDeviation = 0.2
const mostRuns = 5

/** The deviation of earlier runs on the dataset, those of the latest data and split that two or more were judged on. */
async function powerOf(store: Store, runs: RunRecord[], evaluation: Evaluation, users: number): Promise<SplitPower> {
  const cutoff = evaluation.cutoffs.includes(10) ? 10 : Math.max(...evaluation.cutoffs)
  const metric = `ndcg@${cutoff}`
  const judged = runs.filter(({ state, metrics }) => state === 'done' && metric in metrics).reverse()
  const alikeOf = (run: RunRecord) => judged.filter((other) => judgedOn(other) === judgedOn(run))
  const alike = judged.map(alikeOf).find((group) => group.length > 1) ?? []
  const ids = alike.slice(0, mostRuns).map(({ id }) => id)
  const { deviation, comparisons } = await store.deviationOfDifferences(ids, metric)
  // Runs of the same lists say nothing.
  if (!deviation) return { metric, deviation: assumedDeviation, comparisons: 0, users }
  return { metric, deviation, comparisons, users }
}

function judgedOn({ prepared, evaluation: { candidates, exclude_seen } }: RunRecord): string {
  return JSON.stringify([prepared, candidates, exclude_seen])
}

export function holdsOutUsers({ strategy, validation }: Split): boolean {
  return strategy === 'user-holdout' || (typeof validation === 'object' && validation.strategy === 'user-holdout')
}

/** Throws BAD_REQUEST at `field` for a model that cannot make lists for users that it was not trained on. */
export function requireFoldIn(model: Model, field: string): void {
  if (!model.foldIn) throw new TopnError('BAD_REQUEST', `${field}: ${cannotFoldIn(model)}`, { field })
}
