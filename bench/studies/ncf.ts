import { createCompute } from '../../main/compute/create'
import type { ParameterValue } from '../../main/contract/parameters'
import { evaluate } from '../../main/evaluation/evaluate'
import { protocol, readNcf } from '../../main/evaluation/testing/ncf'
import { unattended } from '../../main/evaluation/testing/scorer'
import { createRandom } from '../../main/models/random'
import { checkParameters, findModel } from '../../main/models/registry'

// A model on the protocol that neural collaborative filtering was published on: all training pairs, then the test pairs once.
// Run: npm run bench -- studies/ncf MODEL [parameter=value ...]

const [modelId = 'neumf', ...words] = process.argv.slice(2)
const given = Object.fromEntries(
  words.map((word): [string, ParameterValue] => {
    const [name, value] = word.split('=')
    return [name, Number.isNaN(Number(value)) ? value : Number(value)]
  }),
)
const model = findModel(modelId)
const params = checkParameters(model, given)
const prepared = await readNcf()
const compute = await createCompute({ threads: 2 })
const started = performance.now()
const tensors = await model.fit({
  train: prepared.train,
  params,
  random: createRandom(1).derive('fit'),
  compute,
  signal: new AbortController().signal,
  report({ epoch, values }) {
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    if (epoch && values) console.log(`epoch ${epoch}, ${seconds} s: ${JSON.stringify(values)}`)
  },
})
const scorer = await model.score?.({ tensors, params, compute }, prepared.train)
if (!scorer) throw new Error(`${modelId} cannot score`)
const request = { ...unattended, prepared, scorer, rater: null, evaluation: protocol, random: createRandom(1) }
const { metrics } = await evaluate(request)
scorer.close()
await compute.close()
console.log(JSON.stringify(params))
console.log(`HR@10 ${metrics['hit-rate@10'].toFixed(4)}, NDCG@10 ${metrics['ndcg@10'].toFixed(4)}`)
