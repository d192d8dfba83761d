import { existsSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import type { Compute } from '../main/compute/compute'
import { createCompute } from '../main/compute/create'
import type { ParameterValue } from '../main/contract/parameters'
import { splitInteractions } from '../main/data/split'
import { recommendLists } from '../main/evaluation/recommend'
import type { FittedModel, Interactions } from '../main/models/model'
import { createRandom } from '../main/models/random'
import { checkParameters, findModel } from '../main/models/registry'
import { type BinaryRows, presence, transpose } from '../main/models/sparse'
import { dataFolder, readDataset } from './data'
import { measureImplicit } from './peers/implicit'

// Training and listing on ml-1m, in TopN and, with --peers, in implicit: npm run bench [-- bench --peers]

const sizes = [64, 128]
const epochs = 8
const length = 20
const neighbors = 100
const signal = new AbortController().signal

interface Measured {
  fitted: FittedModel
  seconds: number
  /** Of the times between two reports the shortest: what else the machine does only makes them longer. */
  fastestEpoch: number
}

async function measureFit(
  id: string,
  given: Record<string, ParameterValue>,
  train: Interactions,
  compute: Compute,
): Promise<Measured> {
  const model = findModel(id)
  const params = checkParameters(model, given)
  const reports: number[] = []
  const started = performance.now()
  const tensors = await model.fit({
    train,
    params,
    random: createRandom(1),
    compute,
    signal,
    report: () => reports.push(performance.now()),
  })
  const seconds = (performance.now() - started) / 1000
  const gaps = reports.slice(1).map((time, at) => (time - reports[at]) / 1000)
  return { fitted: { tensors, params, compute }, seconds, fastestEpoch: Math.min(...gaps) }
}

/** The best 20 unseen items of every user. */
async function measureLists({ fitted }: Measured, id: string, train: Interactions): Promise<number> {
  const scorer = await findModel(id).score?.(fitted, train)
  if (!scorer) throw new Error(`${id} cannot score`)
  const users = Uint32Array.from({ length: train.users }, (_, user) => user)
  const request = { users, k: length, items: train.items, exclude: [train], allowed: null, signal, report() {} }
  const started = performance.now()
  await recommendLists({ ...request, scorer })
  scorer.close()
  return (performance.now() - started) / 1000
}

/**
 * Operations of one epoch, a multiplication and an addition each counting as one: for both sides the Gram matrix of the
 * other, and for each row (steps + 1) products with the Gram matrix and with the row's n vectors.
 */
function operationsOfEpoch(sides: BinaryRows[], size: number, steps = 3): number {
  const ofSide = ({ rows, indices }: BinaryRows) =>
    rows * size * size + (steps + 1) * (rows * 2 * size * size + indices.length * 4 * size)
  return sides.reduce((sum, side) => sum + ofSide(side), 0)
}

async function measure(train: Interactions, sides: BinaryRows[], threads: number): Promise<Record<string, number>> {
  const compute = await createCompute({ threads })
  const seconds: Record<string, number> = {}
  for (const size of sizes) {
    const run = await measureFit('ials', { embedding_size: size, epochs }, train, compute)
    const operations = operationsOfEpoch(sides, size)
    seconds[`ials ${size}`] = run.fastestEpoch
    seconds[`lists ${size}`] = await measureLists(run, 'ials', train)
    const speed = (operations / run.fastestEpoch / 1e9).toFixed(1)
    console.log(
      `  ials, embedding_size ${size}: ${format(run.fastestEpoch)} an epoch (the fastest of ${epochs - 1}), ` +
        `${(operations / 1e9).toFixed(2)} GFLOP an epoch, ${speed} GFLOP/s`,
    )
    console.log(`    top ${length} of every user, seen items left out: ${format(seconds[`lists ${size}`])}`)
  }
  const knn = await measureFit('item-knn', { neighbors }, train, compute)
  seconds['item-knn'] = knn.seconds
  console.log(`  item-knn, ${neighbors} neighbours: ${format(knn.seconds)}`)
  console.log(`    top ${length} of every user: ${format(await measureLists(knn, 'item-knn', train))}`)
  await compute.close()
  return seconds
}

const format = (seconds: number) => `${seconds.toFixed(3)} s`

function printRatios(own: Record<string, number>, peer: Record<string, number>) {
  for (const [name, seconds] of Object.entries(peer)) {
    const ratio = (seconds / own[name]).toFixed(2)
    console.log(`  ${name}: implicit ${format(seconds)}, TopN ${format(own[name])}, ${ratio} times as fast`)
  }
}

async function main(words: string[]) {
  const path = join(dataFolder, 'ml-1m-ncf', 'ml-1m.train.pairs.tsv')
  if (!existsSync(path)) {
    console.log(
      `There is no data to measure with: ${path} is absent. Set TOPN_DATA to the folder that holds ml-1m-ncf.`,
    )
    return
  }
  const encoded = await readDataset({ interactions: path, columns: { user: 0, item: 1 }, clean: [] })
  const { train } = splitInteractions(encoded, { strategy: 'leave-one-out' }, createRandom(1))
  const users = presence(train)
  const threads = availableParallelism()
  console.log(`npm run bench -- bench ${words.join(' ')}`.trim())
  console.log(`${cpus()[0]?.model.trim()}, ${threads} threads; Node ${process.versions.node}`)
  console.log(
    `ml-1m-ncf, one interaction of each user held out: ${train.users} users, ${train.items} items, ${users.indices.length} interactions`,
  )
  let own: Record<string, number> = {}
  for (const count of new Set([1, threads])) {
    console.log(count === 1 ? '1 thread' : `${count} threads`)
    own = await measure(train, [users, transpose(users)], count)
  }
  console.log(`peak memory of the process: ${(process.resourceUsage().maxRSS / 2 ** 20).toFixed(2)} GiB`)
  if (!words.includes('--peers')) return
  console.log(`implicit 0.7.3 on ${threads} threads, in the same run`)
  const peer = measureImplicit(users, { threads, epochs, neighbors, length, sizes })
  if (typeof peer === 'string') console.log(`  ${peer}`)
  else printRatios(own, peer)
}

await main(process.argv.slice(2))
