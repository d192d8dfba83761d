import { join } from 'node:path'
import { createCompute } from '../../main/compute/create'
import type { ParameterValue } from '../../main/contract/parameters'
import type { PreparedData } from '../../main/data/prepared'
import { splitInteractions } from '../../main/data/split'
import { evaluate } from '../../main/evaluation/evaluate'
import { protocol, readNcf } from '../../main/evaluation/testing/ncf'
import { unattended } from '../../main/evaluation/testing/scorer'
import { createRandom } from '../../main/models/random'
import { checkParameters, findModel } from '../../main/models/registry'
import { dataFolder, readDataset } from '../data'

// A model on the protocol that neural collaborative filtering was published on: all training pairs, then the test pairs once.
// With --validation a drawn training pair of each user is held out and ranked among 99 drawn items instead, and the test
// pairs are not read; the file has no times by which the last one could be told.
// Run: npm run bench -- studies/ncf [--validation] [--seed=1] MODEL [parameter=value ...]

const options = process.argv.slice(2).filter((word) => word.startsWith('--'))
const isValidation = options.includes('--validation')
const seed = Number(options.find((word) => word.startsWith('--seed='))?.slice('--seed='.length) ?? 1)
const [modelId = 'neumf', ...words] = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const given = Object.fromEntries(
  words.map((word): [string, ParameterValue] => {
    const [name, value] = word.split('=')
    return [name, Number.isNaN(Number(value)) ? value : Number(value)]
  }),
)
const model = findModel(modelId)
const params = checkParameters(model, given)
const { prepared, evaluation } = isValidation
  ? await readValidation()
  : { prepared: await readNcf(), evaluation: protocol }
const compute = await createCompute({ threads: 1 })
const started = performance.now()
const tensors = await model.fit({
  train: prepared.train,
  params,
  random: createRandom(seed).derive('fit'),
  compute,
  signal: new AbortController().signal,
  report({ epoch, values }) {
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    if (epoch && values) console.log(`epoch ${epoch}, ${seconds} s: ${JSON.stringify(values)}`)
  },
})
const scorer = await model.score?.({ tensors, params, compute }, prepared.train)
if (!scorer) throw new Error(`${modelId} cannot score`)
const request = { ...unattended, prepared, scorer, rater: null, evaluation, random: createRandom(1) }
const { metrics } = await evaluate(request)
scorer.close()
await compute.close()
console.log(JSON.stringify(params))
console.log(`HR@10 ${metrics['hit-rate@10'].toFixed(4)}, NDCG@10 ${metrics['ndcg@10'].toFixed(4)}`)

async function readValidation() {
  const encoded = await readDataset({
    interactions: join(dataFolder, 'ml-1m-ncf', 'ml-1m.train.pairs.tsv'),
    columns: { user: 0, item: 1 },
    clean: [],
  })
  const { train, test } = splitInteractions(encoded, { strategy: 'leave-one-out' }, createRandom(7))
  const { userIds, itemIds } = encoded
  const prepared: PreparedData = {
    hash: 'ncf, validation',
    userIds,
    itemIds,
    titles: null,
    train,
    foldIn: null,
    validation: null,
    test,
    candidates: null,
  }
  return { prepared, evaluation: { ...protocol, candidates: { sampled: 99 } } }
}
