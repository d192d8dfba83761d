import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createCompute } from '../main/compute/create'
import { isDeviceChoice } from '../main/contract/devices'
import type { Parameters } from '../main/models/model'
import { createRandom } from '../main/models/random'
import { checkParameters, findModel } from '../main/models/registry'
import { type BenchData, dataFolder, datasets } from './data'
import { enough, type Recorded, recording, writeArrays } from './neural/record'
import { type NeuralWork, neuralWorks } from './neural/works'
import { measurePeer, peerVersions } from './peers/python'
import { machine, median } from './table'

// Steps of networks beside PyTorch: the same first weights and batches, so that the losses must agree. The first step, in which
// everything is allocated, is left out. npm run bench -- neural [--peers] [--work SASRec] [--steps 8] [--device cpu]

const { values: options } = parseArgs({
  options: {
    peers: { type: 'boolean', default: false },
    work: { type: 'string', default: '' },
    steps: { type: 'string', default: '8' },
    device: { type: 'string', default: 'cpu' },
  },
})
const threads = availableParallelism()

type Steps = Pick<Recorded, 'losses' | 'clock' | 'processor'>

async function measureWork({ model: id, params: given }: NeuralWork, { train }: BenchData) {
  const device = isDeviceChoice(options.device) ? options.device : 'cpu'
  const compute = await createCompute({ threads, device })
  const model = findModel(id)
  const params = checkParameters(model, { ...usable(given, id), ...(id === 'mult-vae' && { anneal_steps: 1 }) })
  const { tensorflow, recorded } = recording(await compute.tensorflow(), Number(options.steps) + 1)
  const signal = new AbortController().signal
  const watched = { ...compute, tensorflow: async () => tensorflow }
  try {
    await model.fit({ train, params, random: createRandom(1), compute: watched, signal, report() {} })
  } catch (error) {
    if (error !== enough) throw error
  } finally {
    await compute.close()
  }
  return { ...recorded, params }
}

/** Of the parameters those that the model has. */
function usable(params: NeuralWork['params'], id: string) {
  const names = new Set(findModel(id).parameters.map(({ name }) => name))
  return Object.fromEntries(Object.entries(params).filter(([name]) => names.has(name)))
}

function measureTorch(
  work: NeuralWork,
  recorded: Recorded & { params: Parameters },
  { train }: BenchData,
): Steps | string {
  const folder = mkdtempSync(join(tmpdir(), 'topn-neural-'))
  try {
    writeArrays(folder, 'weights', recorded.weights)
    recorded.batches.forEach((batch, at) => {
      writeArrays(folder, `batch${at}`, batch)
    })
    const { users, items, offsets, itemIndices } = train
    writeArrays(folder, 'train', {
      offsets: { shape: [users + 1], data: Int32Array.from(offsets) },
      items: { shape: [itemIndices.length], data: Int32Array.from(itemIndices) },
    })
    const settings = { ...work, params: recorded.params, items, steps: recorded.batches.length, device: options.device }
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings))
    return measurePeer<Steps>('peer_torch.py', [folder], { threads, group: 'torch' })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The fastest step beside the median: what else the machine does slows most of them, and PyTorch's threads wait busily. */
function printRow(name: string, library: string, { losses, clock, processor }: Steps): void {
  const [times, processors] = [clock.slice(1), processor.slice(1)]
  const numbers = [Math.min(...times), median(times), median(processors)].map((value) => Math.round(value))
  console.log(`| ${name} | ${library} | ${numbers.join(' | ')} | ${losses[losses.length - 1].toFixed(5)} |`)
}

const data = datasets['ml-1m']()
if (!data) console.log(`ml-1m is absent: set TOPN_DATA to the folder of the data sets, now ${dataFolder}.`)
else {
  console.log(`${machine(threads)}${options.peers ? ` ${peerVersions('torch')}.` : ''}\n`)
  console.log(
    `| step | by | ms | ms of processors | loss after ${Number(options.steps) + 1} steps |\n|---|---|---|---|---|`,
  )
  for (const work of neuralWorks.filter(({ name }) => name.startsWith(options.work))) {
    const recorded = await measureWork(work, data)
    printRow(work.name, `TopN, ${options.device}`, recorded)
    if (!options.peers) continue
    const torch = measureTorch(work, recorded, data)
    if (typeof torch === 'string') console.log(`| | PyTorch | ${torch} | | | |`)
    else printRow('', `PyTorch, ${threads} threads`, torch)
  }
}
