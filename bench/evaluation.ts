import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCompute } from '../main/compute/create'
import { defaultMetricIds, type MetricId, metricIds } from '../main/contract/experiment'
import type { PreparedData } from '../main/data/prepared'
import { splitInteractions } from '../main/data/split'
import { allCases } from '../main/evaluation/candidates'
import { evaluate } from '../main/evaluation/evaluate'
import { createJudge } from '../main/evaluation/judge'
import { findMetric } from '../main/evaluation/metrics/registry'
import type { Scorer } from '../main/models/model'
import { createRandom } from '../main/models/random'
import { checkParameters, findModel } from '../main/models/registry'
import { dataFolder, readDataset } from './data'
import { writeExchange } from './exchange'
import { measurePeer } from './peers/python'
import { machine, median } from './table'

// Full ranking and metrics of ten runs on ml-1m, and the same lists judged by TopN and, with --peers, by ranx and
// implicit: npm run bench -- evaluation [--peers]

const cutoffs = [5, 10, 20]
const repeats = 5
const runs = 10
/** Those that ranx has too. */
const shared: MetricId[] = ['precision', 'recall', 'f1', 'hit-rate', 'ndcg', 'map', 'mrr']
const signal = new AbortController().signal
const unattended = { signal, report() {}, rater: null }

const path = join(dataFolder, 'ml-1m-ncf', 'ml-1m.train.pairs.tsv')
const encoded = await readDataset({ interactions: path, columns: { user: 0, item: 1 }, clean: [] })
const { userIds, itemIds } = encoded
const parts = splitInteractions(encoded, { strategy: 'random', ratio: 0.2, per: 'user' }, createRandom(1))
const prepared: PreparedData = { hash: '', userIds, itemIds, titles: null, candidates: null, ...parts }
const compute = await createCompute({ threads: availableParallelism() })
console.log(machine(availableParallelism()))
console.log(
  `ml-1m, a random fifth of each user held out: ${userIds.length} users, ${itemIds.length} items, ` +
    `${parts.train.itemIndices.length} interactions to train and ${parts.test.itemIndices.length} to test`,
)
try {
  await tenRuns(defaultMetricIds, 'the usual metrics')
  await tenRuns([...defaultMetricIds, 'auc'], 'and AUC, from all scores')
  await tenRuns(
    metricIds.filter((id) => findMetric(id).kind !== 'rating'),
    'all metrics but those of ratings',
  )
  await sameLists()
} finally {
  await compute.close()
}

async function scorerOf(seed: number): Promise<Scorer> {
  const model = findModel('ials')
  const params = checkParameters(model, { embedding_size: 64, epochs: 1 })
  const { train } = prepared
  const tensors = await model.fit({ train, params, random: createRandom(seed), compute, signal, report() {} })
  const scorer = await model.score?.({ tensors, params, compute }, train)
  if (!scorer) throw new Error('ials cannot score')
  return scorer
}

async function tenRuns(metrics: readonly MetricId[], name: string): Promise<void> {
  const evaluation = { candidates: 'all' as const, exclude_seen: true, cutoffs, metrics: [...metrics] }
  const seconds: number[] = []
  for (let run = 0; run < runs; run++) {
    const scorer = await scorerOf(run)
    const started = performance.now()
    await evaluate({ ...unattended, prepared, scorer, evaluation, random: createRandom(1) })
    seconds.push((performance.now() - started) / 1000)
    scorer.close()
  }
  const sum = seconds.reduce((total, each) => total + each, 0)
  console.log(
    `${runs} runs ranked and judged, ${name}: ${sum.toFixed(2)} s together, ${median(seconds).toFixed(3)} s each`,
  )
}

async function sameLists(): Promise<void> {
  const scorer = await scorerOf(1)
  const evaluation = { candidates: 'all' as const, exclude_seen: true, cutoffs, metrics: shared }
  const { lists, metrics } = await evaluate({ ...unattended, prepared, scorer, evaluation, random: createRandom(1) })
  scorer.close()
  const judge = () => {
    const cases = allCases(prepared.test)
    const request = { lists, cases, test: prepared.test, known: [], itemFeatures: null, popular: null }
    const judgeOf = createJudge(request)
    const means: Record<string, number> = {}
    for (const id of shared) {
      const metric = findMetric(id)
      if (metric.kind !== 'user') continue
      const value = judgeOf(metric)
      if (typeof value === 'string') continue
      for (const k of cutoffs) {
        const values = Float64Array.from(cases.users, (_, row) => value(row, k))
        means[`${id}@${k}`] = values.reduce((sum, each) => sum + each, 0) / values.length
      }
    }
    return means
  }
  const seconds = Array.from({ length: repeats }, () => {
    const started = performance.now()
    const found = judge()
    for (const [key, value] of Object.entries(found)) if (value !== metrics[key]) throw new Error(`${key} differs`)
    return (performance.now() - started) / 1000
  })
  const own = Math.min(...seconds)
  console.log(
    `the same lists, ${shared.length} metrics at ${cutoffs.length} cutoffs: TopN ${own.toFixed(4)} s from arrays`,
  )
  if (process.argv.includes('--peers')) compareWithPeers(own, lists, metrics)
}

function compareWithPeers(own: number, lists: { items: Uint32Array; k: number }, metrics: Record<string, number>) {
  const folder = mkdtempSync(join(tmpdir(), 'topn-bench-'))
  try {
    writeExchange(folder, { train: parts.train, held: parts.test }, availableParallelism())
    writeFileSync(join(folder, 'lists.json'), JSON.stringify({ k: lists.k }))
    writeFileSync(join(folder, 'lists.items'), lists.items)
    const words = [folder, 'seconds', cutoffs.join(',')]
    const found = measurePeer<Record<string, number> & { metrics: Record<string, number> }>('peer_lists.py', words, {
      threads: availableParallelism(),
    })
    if (typeof found === 'string') return console.log(found)
    const { metrics: theirs, ...times } = found
    for (const [name, seconds] of Object.entries(times)) {
      console.log(
        `  ${name}: ${Number(seconds).toFixed(4)} s, TopN ${(Number(seconds) / own).toFixed(1)} times as fast`,
      )
    }
    const same = Math.abs(theirs['ndcg@10'] - metrics['ndcg@10'])
    console.log(`  NDCG@10 differs from ranx by ${same.toExponential(1)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
