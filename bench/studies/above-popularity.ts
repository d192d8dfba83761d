import { readFileSync } from 'node:fs'
import { createCompute } from '../../main/compute/create'
import type { DatasetSpec } from '../../main/contract/experiment'
import type { ParameterValue } from '../../main/contract/parameters'
import { spreadOf } from '../../main/contract/repeat'
import type { EncodedInteractions, PreparedData } from '../../main/data/prepared'
import { splitInteractions } from '../../main/data/split'
import { evaluate } from '../../main/evaluation/evaluate'
import { pairedT } from '../../main/evaluation/significance/paired-t'
import { unattended } from '../../main/evaluation/testing/scorer'
import type { Features, Model } from '../../main/models/model'
import { createRandom } from '../../main/models/random'
import { checkParameters, findModel } from '../../main/models/registry'
import { featureRowsOf } from '../../main/models/testing'
import { dataFolder, readDataset } from '../data'

// Networks against `popularity` over ten seeds, each user's last item held out, all items ranked. Settings of `rows` were
// chosen with --validation, which judges by the item before that one and does not look at the last. The test is Student's
// paired t test over users, of the means over seeds.
// Run: npm run bench -- studies/above-popularity [--validation] [--seeds=10] [--data=NAME] [MODEL [parameter=value ...]]

type Settings = Readonly<Record<string, ParameterValue>>

/** Smaller than the defaults, so that ten seeds take minutes. */
const light = { embedding_size: 32, batch_size: 32, learning_rate: 0.005, negatives: 256 }
const movies = 'ml-latest-small, 10-core'
const rows: Record<string, { data: string; settings: Settings }> = {
  gmf: { data: 'ml-100k', settings: {} },
  mlp: { data: 'ml-100k', settings: {} },
  neumf: { data: 'ml-100k', settings: {} },
  'mult-vae': { data: 'ml-100k', settings: {} },
  'deep-mf': { data: movies, settings: { epochs: 5 } },
  lightgcn: { data: movies, settings: {} },
  deepfm: { data: movies, settings: { learning_rate: 0.01, epochs: 6 } },
  'two-tower': { data: movies, settings: { embedding_size: 32, batch_size: 32, epochs: 10 } },
  gru4rec: { data: movies, settings: { ...light, batch_size: 64, learning_rate: 0.01, epochs: 15 } },
  sasrec: { data: movies, settings: { ...light, epochs: 8 } },
  'transformer-mf': { data: movies, settings: { ...light, epochs: 8 } },
  bert4rec: {
    data: movies,
    settings: {
      embedding_size: 32,
      layers: 1,
      loss: 'cross-entropy',
      batch_size: 32,
      learning_rate: 0.005,
      epochs: 24,
    },
  },
}

interface Source {
  dataset: DatasetSpec
  /** The genres of an item by its id, for models that take features. */
  genres?(): Map<string, string[]>
}

const small = `${dataFolder}/ml-latest-small`
const liked = { step: 'rating-filter' as const, min: 4 }
const genres = () => new Map(readFileSync(`${small}/movies.csv`, 'utf8').trim().split(/\r?\n/).slice(1).map(genresOf))
const sources: Record<string, Source> = {
  'ml-100k': { dataset: { interactions: `${dataFolder}/ml-100k/u.data`, clean: [] } },
  'ml-latest-small': { dataset: { interactions: `${small}/ratings.csv`, clean: [liked] }, genres },
  [movies]: {
    dataset: { interactions: `${small}/ratings.csv`, clean: [liked, { step: 'k-core', user: 10, item: 10 }] },
    genres,
  },
}

function genresOf(line: string): [string, string[]] {
  const names = line.slice(line.lastIndexOf(',') + 1).split('|')
  return [line.slice(0, line.indexOf(',')), names]
}

const words = process.argv.slice(2)
const optionOf = (name: string) => words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
const [only, ...given] = words.filter((word) => !word.startsWith('--'))
const isValidation = words.includes('--validation')
const seeds = Number(optionOf('seeds') ?? 10)

const compute = await createCompute({ threads: 1 })
const lines: string[] = []
for (const id of only ? [only] : Object.keys(rows)) {
  const { data, settings } = rows[id] ?? { data: movies, settings: {} }
  lines.push(await measure(id, optionOf('data') ?? data, given.length > 0 ? settingsOf(given) : settings))
}
await compute.close()
console.log(
  '\n| model | settings | data | NDCG@10 | HR@10 | `popularity` | seeds above | p | seconds of a core |\n|---|---|---|---|---|---|---|---|---|',
)
for (const line of lines) console.log(line)

function settingsOf(given: readonly string[]): Settings {
  return Object.fromEntries(
    given.map((word): [string, ParameterValue] => {
      const [name, value] = word.split('=')
      return [name, Number.isNaN(Number(value)) ? value : Number(value)]
    }),
  )
}

async function measure(id: string, name: string, settings: Settings): Promise<string> {
  const source = sources[name]
  const encoded = await readDataset(source.dataset)
  const features = source.genres && featuresOf(encoded, source.genres())
  const task: Task = { prepared: prepare(encoded), ...(features && { features }) }
  const { users, items, itemIndices } = task.prepared.train
  console.log(`\n${id} on ${name}: ${users} users, ${items} items, ${itemIndices.length} interactions to learn from`)
  const popularity = await judge(task, findModel('popularity'), {}, 1)
  console.log(`popularity: HR@10 ${popularity.hitRate.toFixed(4)}, NDCG@10 ${popularity.ndcg.toFixed(4)}`)
  const found: Judged[] = []
  for (let seed = 1; seed <= seeds; seed++) {
    const judged = await judge(task, findModel(id), settings, seed)
    found.push(judged)
    const [hitRate, ndcg] = [judged.hitRate.toFixed(4), judged.ndcg.toFixed(4)]
    console.log(`seed ${seed}: HR@10 ${hitRate}, NDCG@10 ${ndcg}, ${judged.seconds.toFixed(0)} s of a core`)
  }
  const written = Object.entries(settings).map(([key, value]) => `${key} ${value}`)
  return `| ${[`\`${id}\``, written.join(', ') || 'defaults', name, ...cells(found, popularity)].join(' | ')} |`
}

function cells(found: readonly Judged[], popularity: Judged): string[] {
  const differences = popularity.values.map(
    (value, user) => found.reduce((sum, { values }) => sum + values[user], 0) / found.length - value,
  )
  const spread = (values: number[]) => {
    const { mean, deviation } = spreadOf(values)
    return deviation === null ? mean.toFixed(4) : `${mean.toFixed(4)} ± ${deviation.toFixed(4)}`
  }
  return [
    spread(found.map(({ ndcg }) => ndcg)),
    spread(found.map(({ hitRate }) => hitRate)),
    `${popularity.ndcg.toFixed(4)}, ${popularity.hitRate.toFixed(4)}`,
    `${found.filter(({ ndcg }) => ndcg > popularity.ndcg).length} of ${found.length}`,
    pairedT(differences).p.toExponential(0),
    (found.reduce((sum, { seconds }) => sum + seconds, 0) / found.length).toFixed(0),
  ]
}

function prepare(encoded: EncodedInteractions): PreparedData {
  const last = { strategy: 'leave-last-out' as const, count: 1 }
  const split = { ...last, ...(isValidation && { validation: last }) }
  const { train, validation, test } = splitInteractions(encoded, split, createRandom(7))
  const { userIds, itemIds } = encoded
  const held = validation ?? test
  return {
    hash: '',
    userIds,
    itemIds,
    titles: null,
    train,
    foldIn: null,
    validation: null,
    test: held,
    candidates: null,
  }
}

function featuresOf({ userIds, itemIds }: EncodedInteractions, genres: Map<string, string[]>): Features {
  const names = [...new Set([...genres.values()].flat())].sort()
  const rows = itemIds.map((id) => Object.fromEntries((genres.get(id) ?? []).map((name) => [names.indexOf(name), 1])))
  const nothing = userIds.map(() => ({}))
  return { items: featureRowsOf(rows, names.length), users: featureRowsOf(nothing, 0) }
}

interface Task {
  prepared: PreparedData
  features?: Features
}

interface Judged {
  hitRate: number
  ndcg: number
  /** NDCG of each judged user. */
  values: Float64Array
  seconds: number
}

async function judge({ prepared, features }: Task, model: Model, given: Settings, seed: number): Promise<Judged> {
  const before = process.cpuUsage()
  const params = checkParameters(model, given)
  const { train } = prepared
  const takes = model.features && features ? { features } : {}
  const random = createRandom(seed).derive('fit')
  const tensors = await model.fit({ train, ...takes, params, random, compute, ...unattended })
  const scorer = await model.score?.({ tensors, params, compute }, train)
  if (!scorer) throw new Error(`${model.id} cannot score`)
  const { metrics, perUser } = await evaluate({
    ...unattended,
    prepared,
    scorer,
    rater: null,
    evaluation: { candidates: 'all', exclude_seen: true, cutoffs: [10], metrics: ['hit-rate', 'ndcg'] },
    random: createRandom(1),
  })
  scorer.close()
  const { user, system } = process.cpuUsage(before)
  const [hitRate, ndcg] = ['hit-rate@10', 'ndcg@10'].map((key) => metrics[key])
  return { hitRate, ndcg, values: perUser['ndcg@10'], seconds: (user + system) / 1e6 }
}
