import { createCompute } from '../../main/compute/create'
import type { DatasetSpec, HoldOut } from '../../main/contract/experiment'
import type { ParameterValue } from '../../main/contract/parameters'
import type { PreparedData } from '../../main/data/prepared'
import { splitInteractions } from '../../main/data/split'
import { evaluate } from '../../main/evaluation/evaluate'
import { createRandom } from '../../main/models/random'
import { checkParameters, findModel } from '../../main/models/registry'
import { dataFolder, readDataset } from '../data'

// Which parameters of a model do well on several data sets? Judged on interactions held out of the training part; the
// test part is cut off first and never looked at. Run: npm run bench -- studies/defaults MODEL [parameter=value,value ...]

interface Task {
  name: string
  dataset: DatasetSpec
  test: HoldOut | null
  validation: HoldOut
  candidates: 'all' | { sampled: number }
}

const lastOut: HoldOut = { strategy: 'leave-last-out', count: 1 }
const oneOut: HoldOut = { strategy: 'leave-one-out' }
const tasks: Task[] = [
  {
    name: 'ml-1m, 99 negatives',
    // These are the training pairs alone; the test pairs are in another file.
    dataset: {
      interactions: `${dataFolder}/ml-1m-ncf/ml-1m.train.pairs.tsv`,
      columns: { user: 0, item: 1 },
      clean: [],
    },
    test: null,
    validation: oneOut,
    candidates: { sampled: 99 },
  },
  {
    name: 'ml-latest-small, 4+',
    dataset: { interactions: `${dataFolder}/ml-latest-small/ratings.csv`, clean: [{ step: 'rating-filter', min: 4 }] },
    test: lastOut,
    validation: lastOut,
    candidates: 'all',
  },
  {
    name: 'ml-100k',
    dataset: { interactions: `${dataFolder}/ml-100k/u.data`, clean: [] },
    test: lastOut,
    validation: lastOut,
    candidates: 'all',
  },
  {
    name: 'lastfm',
    dataset: {
      interactions: `${dataFolder}/lastfm-hetrec/user_artists.dat`,
      columns: { user: 0, item: 1, rating: 2 },
      clean: [],
    },
    test: oneOut,
    validation: oneOut,
    candidates: 'all',
  },
]

/** The training part, cut into what is fitted and what judges; whatever is test is gone. */
async function prepare({ name, dataset, test, validation }: Task): Promise<PreparedData> {
  const encoded = await readDataset(dataset)
  const random = createRandom(7)
  const { userIds, itemIds } = encoded
  const parts = test
    ? splitInteractions(encoded, { ...test, validation }, random)
    : splitInteractions(encoded, validation, random)
  const held = parts.validation ?? parts.test
  return {
    hash: name,
    userIds,
    itemIds,
    titles: null,
    train: parts.train,
    foldIn: null,
    validation: null,
    test: held,
    candidates: null,
  }
}

function* combinations(axes: [string, ParameterValue[]][]): Iterable<Record<string, ParameterValue>> {
  const [first, ...rest] = axes
  if (!first) return yield {}
  for (const value of first[1]) for (const others of combinations(rest)) yield { [first[0]]: value, ...others }
}

const [modelId = 'ials', ...words] = process.argv.slice(2)
const model = findModel(modelId)
const axes = words.map((word): [string, ParameterValue[]] => {
  const [name, values] = word.split('=')
  return [name, values.split(',').map((word) => (Number.isNaN(Number(word)) ? word : Number(word)))]
})

const prepared = await Promise.all(tasks.map(prepare))
const compute = await createCompute({ threads: 2 })
console.log(`parameters | ${tasks.map(({ name }) => `${name}: HR@10, NDCG@10`).join(' | ')} | seconds`)
for (const given of combinations(axes)) {
  const params = checkParameters(model, given)
  const cells: string[] = []
  const started = performance.now()
  for (const [at, task] of tasks.entries()) {
    const signal = new AbortController().signal
    const random = createRandom(1)
    const { train } = prepared[at]
    const tensors = await model.fit({ train, params, random: random.derive('fit'), compute, report() {}, signal })
    const scorer = await model.score?.({ tensors, params, compute }, train)
    if (!scorer) throw new Error(`${model.id} cannot score`)
    const evaluation = {
      candidates: task.candidates,
      exclude_seen: true,
      cutoffs: [10],
      metrics: ['hit-rate' as const, 'ndcg' as const],
    }
    const { metrics } = await evaluate({
      prepared: prepared[at],
      scorer,
      rater: null,
      evaluation,
      random,
      signal,
      report() {},
    })
    scorer.close()
    cells.push(`${metrics['hit-rate@10'].toFixed(4)} ${metrics['ndcg@10'].toFixed(4)}`)
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log([JSON.stringify(given), ...cells, seconds].join(' | '))
}
await compute.close()
