import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCompute } from '../../main/compute/create'
import type { MetricId } from '../../main/contract/experiment'
import { definedMetrics, type ProfileId } from '../../main/contract/profiles'
import type { PreparedData } from '../../main/data/prepared'
import { allCases } from '../../main/evaluation/candidates'
import { evaluate } from '../../main/evaluation/evaluate'
import { judgeLists } from '../../main/evaluation/judge'
import { redefine } from '../../main/evaluation/profiles/redefine'
import { findProfile } from '../../main/evaluation/profiles/registry'
import { createRandom } from '../../main/models/random'
import { checkParameters, findModel } from '../../main/models/registry'
import { type BenchData, datasets } from '../data'
import { measurePeer, peerVersions } from '../peers/python'
import { qrelsLines, runLines } from '../trec'

// Do other libraries get the numbers that TopN gives for their definitions? Lists of three models on ml-100k, exported as
// files of trec_eval. Run: npm run bench -- studies/definitions

const cutoffs = [5, 10, 20]
/** Long enough for everybody's R, so that R-precision can be had from lists too. */
const length = 300
const tolerance = 1e-6
const profileOf: Record<string, ProfileId> = {
  ranx: 'trec-eval',
  pytrec_eval: 'trec-eval',
  implicit: 'implicit',
  RecTools: 'rectools',
}
const metrics: MetricId[] = [...definedMetrics, 'f1', 'graded-ndcg', 'r-precision']
const signal = new AbortController().signal

const folder = mkdtempSync(join(tmpdir(), 'topn-study-'))
const compute = await createCompute({ threads: 1 })
try {
  const data = datasets['ml-100k']()
  if (data) for (const id of ['popularity', 'item-knn', 'random']) await compare(id, data)
  else console.log('ml-100k is absent: set TOPN_DATA to the folder of the data sets.')
  console.log(peerVersions())
} finally {
  await compute.close()
  rmSync(folder, { recursive: true, force: true })
}

async function compare(id: string, { train, held }: BenchData): Promise<void> {
  const own = await judge(id, { train, held })
  const theirs = measurePeer<Record<string, Record<string, number>>>('peer_lists.py', [
    folder,
    'values',
    cutoffs.join(','),
  ])
  if (typeof theirs === 'string') return console.log(theirs)
  for (const [library, values] of Object.entries(theirs)) {
    const expected = { ...own.metrics, ...own.redefined(profileOf[library]) }
    const differences = Object.entries(values).map(([key, value]) => Math.abs(value - expected[key]))
    const largest = Math.max(...differences)
    if (!(largest <= tolerance)) process.exitCode = 1
    console.log(`| ${id} | ${library} | ${differences.length} | ${largest.toExponential(1)} |`)
  }
}

/** Judges a model's lists, and writes them and the test part for the others. */
async function judge(id: string, { train, held }: BenchData) {
  const model = findModel(id)
  const params = checkParameters(model, {})
  const tensors = await model.fit({ train, params, random: createRandom(1), compute, signal, report() {} })
  const scorer = await model.score?.({ tensors, params, compute }, train)
  if (!scorer) throw new Error(`${id} cannot score`)
  const names = (count: number) => Array.from({ length: count }, (_, at) => String(at))
  const parts = { hash: '', titles: null, train, foldIn: null, validation: null, test: held, candidates: null }
  const prepared: PreparedData = { ...parts, userIds: names(train.users), itemIds: names(train.items) }
  const evaluation = { candidates: 'all' as const, exclude_seen: true, cutoffs: [...cutoffs, length], metrics }
  const random = createRandom(1)
  const result = await evaluate({ prepared, scorer, rater: null, evaluation, random, signal, report() {} })
  scorer.close()
  writeFileSync(join(folder, 'run.txt'), [...runLines(result.lists, id)].join(''))
  writeFileSync(join(folder, 'qrels.txt'), [...qrelsLines(held)].join(''))
  const judged = judgeLists(result.lists, allCases(held))
  return { metrics: result.metrics, redefined: (profile: ProfileId) => redefine(judged, findProfile(profile), cutoffs) }
}
