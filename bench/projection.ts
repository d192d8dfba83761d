import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createCompute } from '../main/compute/create'
import type { Vectors } from '../main/models/model'
import { createRandom } from '../main/models/random'
import { principalComponents } from '../main/projection/pca'
import { type ProjectionContext, spaceOf } from '../main/projection/space'
import { tsne } from '../main/projection/t-sne'
import { trustworthiness } from '../main/projection/trustworthiness'
import { umap } from '../main/projection/umap'
import { measurePeer } from './peers/python'
import { groupedVectors } from './projection-data'
import { machine, median } from './table'

// Projections beside other libraries: the same vectors, threads and settings, judged by the same code.
// npm run bench -- projection [--peers] [--work UMAP] [--repeats 3]

const { values: options } = parseArgs({
  options: {
    peers: { type: 'boolean', default: false },
    work: { type: 'string', default: '' },
    repeats: { type: 'string', default: '3' },
  },
})
const threads = availableParallelism()
const k = 15

interface Work {
  name: string
  vectors: Vectors
  own(vectors: Vectors, context: ProjectionContext): Promise<Float32Array>
  peers: { library: string; function: string }[]
}

const many = groupedVectors(100_000, 64)
const few = groupedVectors(10_000, 64)

const works: Work[] = [
  {
    name: 'PCA, 100,000 x 64',
    vectors: many,
    own: async (vectors, context) => (await principalComponents(vectors, 2, context)).coordinates,
    peers: [{ library: 'scikit-learn', function: 'pca' }],
  },
  {
    name: 'UMAP, 10,000 x 64, 15 neighbours, 500 epochs',
    vectors: few,
    own: (vectors, context) =>
      umap(
        spaceOf(vectors, 'euclidean'),
        { neighbours: 15, minDistance: 0.1, spread: 1, epochs: 500, negatives: 5 },
        context,
      ),
    peers: [{ library: 'umap-learn', function: 'umap' }],
  },
  {
    name: 't-SNE, 10,000 x 64, perplexity 30, 750 iterations',
    vectors: few,
    own: (vectors, context) => tsne(spaceOf(vectors, 'euclidean'), { perplexity: 30, iterations: 750 }, context),
    peers: [
      { library: 'openTSNE, FFT', function: 'open_tsne' },
      { library: 'scikit-learn, Barnes-Hut', function: 'sklearn_tsne' },
    ],
  },
]

const compute = await createCompute({ threads })
const context: ProjectionContext = {
  compute,
  random: createRandom(1),
  signal: new AbortController().signal,
  report() {},
}

/** Of the layout in the file, over 2,000 points where there are many. */
async function judge(vectors: Vectors, layout: Float32Array): Promise<number> {
  const judged = Uint32Array.from({ length: Math.min(2000, vectors.count) }, (_, at) => at)
  return trustworthiness(spaceOf(vectors, 'euclidean'), layout, k, judged, context)
}

async function measure({ name, vectors, own, peers }: Work, folder: string): Promise<string[]> {
  const input = join(folder, 'vectors')
  writeFileSync(input, vectors.data)
  const lines: string[] = []
  const runs = [
    {
      library: 'TopN',
      async run() {
        const [started, before] = [performance.now(), process.cpuUsage()]
        const layout = await own(vectors, context)
        const { user, system } = process.cpuUsage(before)
        return { seconds: (performance.now() - started) / 1000, processor: (user + system) / 1e6, layout }
      },
    },
    ...(options.peers ? peers : []).map((peer) => ({
      library: peer.library,
      async run() {
        const output = join(folder, 'layout')
        const words = [input, String(vectors.dimensions), output, peer.function]
        const measured = measurePeer<{ seconds: number; processor: number }>('peer_projection.py', words, { threads })
        if (typeof measured === 'string') return measured
        const bytes = readFileSync(output)
        return { ...measured, layout: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) }
      },
    })),
  ]
  for (const { library, run } of runs) {
    const seconds: number[] = []
    const processor: number[] = []
    let kept = ''
    for (let repeat = 0; repeat < Number(options.repeats); repeat++) {
      const measured = await run()
      if (typeof measured === 'string') {
        kept = measured
        break
      }
      seconds.push(measured.seconds)
      processor.push(measured.processor)
      if (repeat === 0) kept = (await judge(vectors, measured.layout)).toFixed(3)
    }
    const times = seconds.length > 0 ? `${median(seconds).toFixed(2)} (${median(processor).toFixed(2)})` : ''
    lines.push(`| ${name} | ${library} | ${times} | ${kept} |`)
    console.log(lines.at(-1))
  }
  return lines
}

console.log(machine(threads))
console.log(`| work | library | seconds (of processors) | trustworthiness, k = ${k} |\n|---|---|---|---|`)
const folder = mkdtempSync(join(tmpdir(), 'topn-bench-'))
try {
  for (const work of works.filter(({ name }) => name.startsWith(options.work))) await measure(work, folder)
} finally {
  rmSync(folder, { recursive: true })
  await compute.close()
}
