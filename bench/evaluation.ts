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
import type { TopLists } from '../main/evaluation/lists'
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
/** Of judging the same lists the best counts: what else the machine does only makes it longer. */
const repeats = 20
const runs = 10
const ofRanx: MetricId[] = ['precision', 'recall', 'f1', 'hit-rate', 'ndcg', 'map', 'mrr']
/** It computes an AUC within lists beside them. */
const ofImplicit: MetricId[] = ['precision', 'ndcg', 'map']
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

/** Of all threads of this process. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
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
  const [seconds, processors]: [number[], number[]] = [[], []]
  for (let run = 0; run < runs; run++) {
    const scorer = await scorerOf(run)
    const [started, used] = [performance.now(), processorSeconds()]
    await evaluate({ ...unattended, prepared, scorer, evaluation, random: createRandom(1) })
    seconds.push((performance.now() - started) / 1000)
    processors.push(processorSeconds() - used)
    scorer.close()
  }
  const together = (values: number[]) => values.reduce((sum, each) => sum + each, 0).toFixed(2)
  console.log(
    `${runs} runs ranked and judged, ${name}: ${together(seconds)} s, ${together(processors)} s of processors; ` +
      `the median run ${median(seconds).toFixed(3)} s`,
  )
}

async function sameLists(): Promise<void> {
  const scorer = await scorerOf(1)
  const evaluation = { candidates: 'all' as const, exclude_seen: true, cutoffs, metrics: ofRanx }
  const { lists, metrics } = await evaluate({ ...unattended, prepared, scorer, evaluation, random: createRandom(1) })
  scorer.close()
  const own = { ranx: bestOf(lists, ofRanx, metrics), implicit: bestOf(lists, ofImplicit, metrics) }
  console.log(
    `the same lists at ${cutoffs.length} cutoffs, seconds of processors, from arrays: ${ofRanx.length} metrics ` +
      `${own.ranx.toFixed(4)} s, ${ofImplicit.length} of them ${own.implicit.toFixed(4)} s`,
  )
  if (process.argv.includes('--peers')) compareWithPeers(own, lists, metrics)
}

/** The fewest seconds of processors that judging takes; the values must be those of the evaluation. */
function bestOf(lists: TopLists, ids: readonly MetricId[], expected: Record<string, number>): number {
  const seconds = Array.from({ length: repeats }, () => {
    const started = processorSeconds()
    const found = judge(lists, ids)
    const taken = processorSeconds() - started
    for (const [key, value] of Object.entries(found)) if (value !== expected[key]) throw new Error(`${key} differs`)
    return taken
  })
  return Math.min(...seconds)
}

function judge(lists: TopLists, ids: readonly MetricId[]): Record<string, number> {
  const cases = allCases(prepared.test)
  const request = { lists, cases, test: prepared.test, known: [], itemFeatures: null, popular: null }
  const judgeOf = createJudge(request)
  const means: Record<string, number> = {}
  for (const id of ids) {
    const metric = findMetric(id)
    if (metric.kind !== 'user') throw new Error(`${id} is not of single lists`)
    const value = judgeOf(metric)
    if (typeof value === 'string') throw new Error(value)
    for (const k of cutoffs) {
      const values = new Float64Array(cases.users.length)
      for (let row = 0; row < values.length; row++) values[row] = value(row, k)
      means[`${id}@${k}`] = values.reduce((sum, each) => sum + each, 0) / values.length
    }
  }
  return means
}

function compareWithPeers(own: Record<'ranx' | 'implicit', number>, lists: TopLists, metrics: Record<string, number>) {
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
      const ratio = Number(seconds) / (name.startsWith('implicit') ? own.implicit : own.ranx)
      console.log(`  ${name}: ${Number(seconds).toFixed(4)} s, TopN ${ratio.toFixed(1)} times as fast`)
    }
    const same = Math.abs(theirs['ndcg@10'] - metrics['ndcg@10'])
    console.log(`  NDCG@10 differs from ranx by ${same.toExponential(1)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
