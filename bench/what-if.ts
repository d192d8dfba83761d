import { readFileSync } from 'node:fs'
import type { ModelEntry } from '../main/contract/experiment'
import type { Model } from '../main/models/model'
import { models } from '../main/models/registry'
import { dataFolder } from './data'
import { machine, median } from './table'
import { ended, openDataset, type Workbench, withWorkbench } from './workbench'

// How soon a list follows a changed history, of each model that takes new ones: from the question to the window's answer.
// Run, after npm run build: npm run bench -- what-if [MODEL ...]

const threads = 2
const lengths = [20, 200, 1699]
/** Each with one item more and one less than the one before. */
const questions = 25
/** What weights are makes no difference to the time, so networks learn for a moment; and of SLIM, few neighbours. */
const shortened: Record<string, ModelEntry['params']> = { slim: { neighbors: 50, epochs: 3 } }

const folder = `${dataFolder}/ml-latest-small`
const movies = { path: `${folder}/movies.csv`, id: 'movieId', title: 'title', features: ['genres'] }
const wanted = process.argv.slice(2)
const asked = models.filter(({ id, foldIn, memberWeights }) => {
  return foldIn && !memberWeights && (wanted.length === 0 || wanted.includes(id))
})

function entryOf({ id, parameters }: Model): ModelEntry {
  const isNetwork = parameters.some(({ name }) => name === 'batch_size')
  return { model: id, params: shortened[id] ?? (isNetwork ? { epochs: 1 } : {}) }
}

/** Different items of the training part, in the order of the file. */
function someItems(): string[] {
  const lines = readFileSync(`${folder}/ratings.csv`, 'utf8').trimEnd().split('\n').slice(1)
  const counts = new Map<string, number>()
  for (const line of lines) {
    const item = line.split(',')[1]
    counts.set(item, (counts.get(item) ?? 0) + 1)
  }
  return [...counts.keys()].filter((item) => (counts.get(item) ?? 0) > 2)
}

async function measure({ client, processorSeconds }: Workbench): Promise<void> {
  const datasetId = await openDataset(client, { interactions: `${folder}/ratings.csv`, items: movies, clean: [] })
  const items = someItems()
  console.log(`| model | ${lengths.map((length) => `${length} items`).join(' | ')} |`)
  console.log(`|---|${lengths.map(() => '---|').join('')}`)
  for (const model of asked) {
    const split = { strategy: 'leave-one-out' as const }
    const evaluation = { cutoffs: [10], metrics: ['ndcg' as const] }
    const [{ id }] = await client.call('runs.start', { datasetId, split, evaluation, models: [entryOf(model)] })
    await ended(client, ({ kind, subject }) => kind === 'train' && subject === id)
    const cells: string[] = []
    for (const length of lengths) {
      const ask = async (at: number) => {
        const own = items.slice(at, at + length).map((item) => ({ item, value: 4 }))
        const started = performance.now()
        await client.call('sandbox.lists', { runIds: [id], history: own, k: 10 })
        return performance.now() - started
      }
      for (let at = 0; at < 5; at++) await ask(at)
      const before = processorSeconds()
      const times: number[] = []
      for (let at = 5; at < 5 + questions; at++) times.push(await ask(at))
      await new Promise((resolve) => setTimeout(resolve, 50))
      const processor = (1000 * (processorSeconds() - before)) / questions
      cells.push(`${median(times).toFixed(0)} (${processor.toFixed(0)})`)
    }
    console.log(`| \`${model.id}\` | ${cells.join(' | ')} |`)
  }
}

console.log(`${machine(threads)}\n\nmilliseconds by the clock, median, and of processors, mean\n`)
await withWorkbench(threads, measure)
