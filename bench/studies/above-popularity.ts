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

// A model against `popularity` over ten seeds, each user's last item held out, all items ranked. With --validation the one
// before it is judged by instead, and the last one not looked at.
// Run: npm run bench -- studies/above-popularity [--validation] [--seeds=10] [--data="ml-latest-small"] MODEL [parameter=value ...]

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
  'ml-latest-small, 10-core': {
    dataset: { interactions: `${small}/ratings.csv`, clean: [liked, { step: 'k-core', user: 10, item: 10 }] },
    genres,
  },
  'lastfm-sequences': { dataset: { interactions: `${dataFolder}/lastfm-sequences/LastFM.txt`, clean: [] } },
}

function genresOf(line: string): [string, string[]] {
  const names = line.slice(line.lastIndexOf(',') + 1).split('|')
  return [line.slice(0, line.indexOf(',')), names]
}

const words = process.argv.slice(2)
const optionOf = (name: string) => words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
const [modelId, ...given] = words.filter((word) => !word.startsWith('--'))
const source = sources[optionOf('data') ?? 'ml-latest-small']
const isValidation = words.includes('--validation')
const seeds = Number(optionOf('seeds') ?? 10)
const params = Object.fromEntries(
  given.map((word): [string, ParameterValue] => {
    const [name, value] = word.split('=')
    return [name, Number.isNaN(Number(value)) ? value : Number(value)]
  }),
)

const encoded = await readDataset(source.dataset)
const prepared = prepare(encoded)
const features = source.genres && featuresOf(encoded, source.genres())
const compute = await createCompute({ threads: 1 })
const popularity = await judge(findModel('popularity'), {}, 1)
const { users, items, itemIndices } = prepared.train
console.log(`${users} users, ${items} items, ${itemIndices.length} interactions to learn from`)
console.log(`popularity: HR@10 ${popularity.hitRate.toFixed(4)}, NDCG@10 ${popularity.ndcg.toFixed(4)}`)
const found: Awaited<ReturnType<typeof judge>>[] = []
for (let seed = 1; seed <= seeds; seed++) {
  const judged = await judge(findModel(modelId), params, seed)
  found.push(judged)
  const [hitRate, ndcg] = [judged.hitRate.toFixed(4), judged.ndcg.toFixed(4)]
  console.log(`seed ${seed}: HR@10 ${hitRate}, NDCG@10 ${ndcg}, ${judged.seconds.toFixed(0)} s of a core`)
}
await compute.close()
console.log(summary())

/** Mean and deviation over seeds; p of the users' means over seeds against popularity. */
function summary(): string {
  const differences = popularity.values.map(
    (value, user) => found.reduce((sum, { values }) => sum + values[user], 0) / found.length - value,
  )
  const written = (values: number[]) => {
    const { mean, deviation } = spreadOf(values)
    return `${mean.toFixed(4)} ± ${deviation?.toFixed(4)}`
  }
  const above = found.filter(({ ndcg }) => ndcg > popularity.ndcg).length
  return [
    modelId,
    written(found.map(({ hitRate }) => hitRate)),
    written(found.map(({ ndcg }) => ndcg)),
    `${above} of ${found.length}`,
    pairedT(differences).p.toExponential(0),
  ].join(' | ')
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

async function judge(model: Model, given: Readonly<Record<string, ParameterValue>>, seed: number) {
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
