import type { Compute } from '../../main/compute/compute'
import { createCompute } from '../../main/compute/create'
import type { DatasetSpec, HoldOut, MetricId } from '../../main/contract/experiment'
import type { ParameterValue } from '../../main/contract/parameters'
import type { PreparedData } from '../../main/data/prepared'
import { splitInteractions } from '../../main/data/split'
import { estimateCost } from '../../main/engine/costs'
import { evaluate } from '../../main/evaluation/evaluate'
import type { Model } from '../../main/models/model'
import { createRandom } from '../../main/models/random'
import { checkParameters } from '../../main/models/registry'
import { dataFolder, readDataset } from '../data'

// Judges parameters on interactions held out of the training part; the test part is cut off first and never looked at.

interface Task {
  name: string
  dataset: DatasetSpec
  test: HoldOut | null
  validation: HoldOut
  candidates: 'all' | { sampled: number }
  /** Lists are judged where it is left out. */
  judgedBy?: 'errors'
}

const lastOut: HoldOut = { strategy: 'leave-last-out', count: 1 }
const oneOut: HoldOut = { strategy: 'leave-one-out' }
const threads = 2
const aFifth: HoldOut = { strategy: 'random', ratio: 0.2, per: 'global' }
const allTasks: Task[] = [
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
  {
    name: 'ml-100k ratings',
    dataset: { interactions: `${dataFolder}/ml-100k/u.data`, clean: [] },
    test: aFifth,
    validation: aFifth,
    candidates: 'all',
    judgedBy: 'errors',
  },
  {
    name: 'ml-latest-small ratings',
    dataset: { interactions: `${dataFolder}/ml-latest-small/ratings.csv`, clean: [] },
    test: aFifth,
    validation: aFifth,
    candidates: 'all',
    judgedBy: 'errors',
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

export interface Validation {
  /** For each set of parameters a line of a table, cells apart by |. */
  header: string
  measure(model: Model, given: Readonly<Record<string, ParameterValue>>): Promise<string[]>
  close(): Promise<void>
}

/**
 * HR@10 and NDCG@10 of lists, RMSE of ratings, on the data sets whose names begin so; a dash where there is nothing to say
 * or it would take longer, by the estimate.
 */
export async function createValidation(beginning = '', mostSeconds = 40): Promise<Validation> {
  const tasks = allTasks.filter(({ name }) => name.startsWith(beginning))
  const prepared = await Promise.all(tasks.map(prepare))
  const compute = await createCompute({ threads })
  const columns = tasks.map(({ name, judgedBy }) => `${name}: ${judgedBy ? 'RMSE' : 'HR@10, NDCG@10'}`)
  return {
    header: [...columns, 'seconds'].join(' | '),
    async measure(model, given) {
      const cells: string[] = []
      const started = performance.now()
      for (const [at, task] of tasks.entries()) {
        cells.push(
          isLeftOut(model, given, task, prepared[at], mostSeconds)
            ? '-'
            : await judge(model, given, task, prepared[at], compute),
        )
      }
      return [...cells, ((performance.now() - started) / 1000).toFixed(1)]
    },
    close: () => compute.close(),
  }
}

/** Where the model expects no ratings, or would take too long. */
function isLeftOut(
  model: Model,
  given: Readonly<Record<string, ParameterValue>>,
  { judgedBy }: Task,
  { train }: PreparedData,
  mostSeconds: number,
) {
  const size = { users: train.users, items: train.items, interactions: train.itemIndices.length }
  const { seconds } = estimateCost(model, size, checkParameters(model, given), threads)
  return (judgedBy && !model.rate) || seconds > mostSeconds
}

async function judge(
  model: Model,
  given: Readonly<Record<string, ParameterValue>>,
  { candidates, judgedBy }: Task,
  prepared: PreparedData,
  compute: Compute,
): Promise<string> {
  const params = checkParameters(model, given)
  const { signal } = new AbortController()
  const random = createRandom(1)
  const { train } = prepared
  const tensors = await model.fit({ train, params, random: random.derive('fit'), compute, report() {}, signal })
  const fitted = { tensors, params, compute }
  const scorer = await model.score?.(fitted, train)
  if (!scorer) throw new Error(`${model.id} cannot score`)
  const rater = (judgedBy && (await model.rate?.(fitted, train))) || null
  const metrics: MetricId[] = judgedBy ? ['rmse'] : ['hit-rate', 'ndcg']
  const evaluation = { candidates, exclude_seen: true, cutoffs: [10], metrics }
  const result = await evaluate({ prepared, scorer, rater, evaluation, random, signal, report() {} })
  rater?.close()
  scorer.close()
  const values = judgedBy
    ? [result.metrics.rmse ?? Number.NaN]
    : ['hit-rate@10', 'ndcg@10'].map((key) => result.metrics[key])
  return values.map((value) => (Number.isNaN(value) ? '-' : value.toFixed(4))).join(' ')
}
