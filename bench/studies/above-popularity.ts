import type { EngineClient } from '../../main/contract/calls'
import type { CleanStep, DatasetSpec } from '../../main/contract/experiment'
import { isNetwork } from '../../main/contract/parameters'
import type { RunRecord } from '../../main/contract/records'
import { spreadOf } from '../../main/contract/repeat'
import { models } from '../../main/models/registry'
import { dataFolder } from '../data'
import { openDataset, trainRun, withWorkbench } from '../workbench'

// Every network with its defaults against what is popular, on data that suits it: the last item of each user is the test,
// all items are ranked. Each seed is compared with `popularity` by Student's t test over users, corrected by Holm over seeds.
// Run, after npm run build: npm run bench -- studies/above-popularity [--seeds=10] [MODEL ...]

const genres = { path: `${dataFolder}/ml-latest-small/movies.csv`, id: 'movieId', features: ['genres'] }
const liked: CleanStep[] = [{ step: 'rating-filter', min: 4 }]
const parts: Record<string, DatasetSpec> = {
  'ml-100k': { interactions: `${dataFolder}/ml-100k/u.data`, clean: [] },
  'ml-latest-small, 4+, genres': {
    interactions: `${dataFolder}/ml-latest-small/ratings.csv`,
    items: genres,
    clean: liked,
  },
}
const partOf = ({ family, features }: (typeof models)[number]) =>
  family === 'Sequences' || features ? 'ml-latest-small, 4+, genres' : 'ml-100k'

const key = 'ndcg@10'
const words = process.argv.slice(2)
const seeds = Number(words.find((word) => word.startsWith('--seeds='))?.slice('--seeds='.length) ?? 10)
const chosen = words.filter((word) => !word.startsWith('--'))
const networks = models.filter((model) => isNetwork(model) && (chosen.length === 0 || chosen.includes(model.id)))

console.log('| model | data | NDCG@10 | HR@10 | `popularity` | seeds above | largest p | seconds a run |')
console.log('|---|---|---|---|---|---|---|---|')
for (const [name, dataset] of Object.entries(parts)) {
  const wanted = networks.filter((model) => partOf(model) === name)
  if (wanted.length > 0) {
    await withWorkbench(1, async ({ client }) => {
      const datasetId = await openDataset(client, dataset)
      const train = (model: string, seed: number) =>
        trainRun(client, {
          datasetId,
          clean: dataset.clean,
          split: { strategy: 'leave-last-out', count: 1 },
          evaluation: { cutoffs: [10], metrics: ['ndcg', 'hit-rate'] },
          models: [{ model, params: {} }],
          device: 'cpu',
          seed,
        })
      const popularity = await train('popularity', 1)
      for (const { id } of wanted) {
        const started = performance.now()
        const runs: RunRecord[] = []
        for (let seed = 1; seed <= seeds; seed++) runs.push(await train(id, seed))
        const seconds = (performance.now() - started) / 1000 / seeds
        console.log(
          `| ${[`\`${id}\``, name, ...(await cells(client, runs, popularity)), seconds.toFixed(0)].join(' | ')} |`,
        )
      }
    })
  }
}

async function cells(client: EngineClient, runs: RunRecord[], popularity: RunRecord): Promise<string[]> {
  const { pairs } = await client.call('comparison.significance', {
    runIds: [popularity.id, ...runs.map(({ id }) => id)],
    reference: popularity.id,
    metric: key,
  })
  const above = pairs.filter(({ difference }) => difference > 0).length
  const written = (metric: string) => {
    const { mean, deviation } = spreadOf(runs.map(({ metrics }) => metrics[metric]))
    return `${mean.toFixed(4)} ± ${deviation?.toFixed(4)}`
  }
  return [
    written(key),
    written('hit-rate@10'),
    [key, 'hit-rate@10'].map((metric) => popularity.metrics[metric].toFixed(4)).join(' '),
    `${above} of ${runs.length}`,
    Math.max(...pairs.map(({ corrected }) => corrected)).toPrecision(1),
  ]
}
