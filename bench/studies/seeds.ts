import type { DatasetSpec, Evaluation, ModelEntry, Split } from '../../main/contract/experiment'
import type { RunRecord } from '../../main/contract/records'
import { spreadOf } from '../../main/contract/repeat'
import { models } from '../../main/models/registry'
import { dataFolder } from '../data'
import { ended, openDataset, type Workbench, withWorkbench } from '../workbench'

// All models with their defaults over ten seeds: mean and standard deviation; one seed of those that draw nothing.
// Run, after npm run build: npm run bench -- studies/seeds [PART [MODEL ...]]

const seeds = 10
/** They are the same whatever the seed, unless the split is drawn. */
const unseeded = ['popularity', 'bias', 'item-knn', 'user-knn', 'ease', 'slim', 'content-knn']

interface Part {
  dataset: DatasetSpec
  split: Split
  metrics: Evaluation['metrics']
  columns: string[]
  entries: ModelEntry[]
}

const entry = (model: string, preset?: string): ModelEntry => ({ model, ...(preset && { preset }), params: {} })
const genres = { path: `${dataFolder}/ml-latest-small/movies.csv`, id: 'movieId', title: 'title', features: ['genres'] }
const small = { interactions: `${dataFolder}/ml-latest-small/ratings.csv`, items: genres, clean: [] }
const hundred = { interactions: `${dataFolder}/ml-100k/u.data`, clean: [] }
const lists = {
  split: { strategy: 'leave-last-out' as const, count: 1 },
  metrics: ['ndcg' as const, 'recall' as const, 'coverage' as const],
  columns: ['ndcg@10', 'recall@10', 'coverage@10'],
}
const alone = models.filter(({ memberWeights }) => !memberWeights)
const withFeatures = alone.map(({ id }) => entry(id))
const withoutFeatures = alone.filter(({ features }) => features !== 'required').map(({ id }) => entry(id))
const raters = alone.filter(({ id, rate }) => rate && id !== 'fm').map(({ id }) => entry(id))

const parts: Record<string, Part> = {
  'ml-latest-small': { ...lists, dataset: small, entries: withFeatures },
  'ml-100k': { ...lists, dataset: hundred, entries: withoutFeatures },
  'ml-100k-ratings': {
    dataset: hundred,
    split: { strategy: 'random', ratio: 0.2, per: 'global' },
    metrics: ['rmse', 'mae'],
    columns: ['rmse', 'mae'],
    entries: [...raters, entry('user-knn', 'baseline-ratings'), entry('fm', 'ratings')],
  },
}

const [only, ...chosen] = process.argv.slice(2)
for (const [name, part] of Object.entries(parts)) {
  const entries = part.entries.filter(({ model }) => chosen.length === 0 || chosen.includes(model))
  if (!only || only === name) await withWorkbench(2, (workbench) => measure(workbench, name, { ...part, entries }))
}

async function measure({ client }: Workbench, name: string, { dataset, entries, ...part }: Part): Promise<void> {
  const datasetId = await openDataset(client, dataset)
  const { split, metrics, columns } = part
  const evaluation = { cutoffs: [10], metrics }
  async function train(entry: ModelEntry, seed: number): Promise<RunRecord> {
    const [{ id }] = await client.call('runs.start', { datasetId, split, evaluation, models: [entry], seed })
    await ended(client, ({ kind, subject }) => kind === 'train' && subject === id)
    return (await client.call('runs.list', {})).find((run) => run.id === id) as RunRecord
  }
  console.log(`\n${name}\n\n| model | ${columns.join(' | ')} | seeds |\n|---|${columns.map(() => '---|').join('')}---|`)
  for (const each of entries) {
    const isDrawn = split.strategy === 'random' || !unseeded.includes(each.model)
    const runs: RunRecord[] = []
    for (let seed = 1; seed <= (isDrawn ? seeds : 1); seed++) runs.push(await train(each, seed))
    const cells = columns.map((key) =>
      written(
        runs.map(({ metrics }) => metrics[key]),
        isDrawn,
      ),
    )
    console.log(
      `| ${[each.model, each.preset].filter(Boolean).join(', ')} | ${cells.join(' | ')} | ${isDrawn ? seeds : 1} |`,
    )
  }
}

function written(values: number[], isDrawn: boolean): string {
  const { mean, deviation } = spreadOf(values)
  return isDrawn ? `${mean.toFixed(4)} ± ${deviation?.toFixed(4)}` : mean.toFixed(4)
}
