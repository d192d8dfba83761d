import type { DatasetSpec, ModelEntry } from '../../main/contract/experiment'
import type { Parameter, ParameterValue } from '../../main/contract/parameters'
import { models } from '../../main/models/registry'
import { dataFolder } from '../data'
import { ended, openDataset, type Workbench, withWorkbench } from '../workbench'

// Is the cost that a card shows what a run then takes? All models, or the named ones, with their defaults or all presets.
// Run, after npm run build: npm run bench -- studies/estimates [--presets] [--only=DATA] [MODEL ...] [PARAMETER=VALUE ...]

/** One thread and processor time, so that what else the machine does hardly counts. */
const threads = 1

const movies = { path: `${dataFolder}/ml-latest-small/movies.csv`, id: 'movieId', title: 'title', features: ['genres'] }
const datasets: Record<string, DatasetSpec> = {
  'ml-100k': { interactions: `${dataFolder}/ml-100k/u.data`, clean: [] },
  'ml-latest-small': { interactions: `${dataFolder}/ml-latest-small/ratings.csv`, items: movies, clean: [] },
  'ml-1m-ncf': {
    interactions: `${dataFolder}/ml-1m-ncf/ml-1m.train.pairs.tsv`,
    columns: { user: 0, item: 1 },
    clean: [],
  },
}

const words = process.argv.slice(2)
const only = words.find((word) => word.startsWith('--only='))?.slice('--only='.length)
const given = words.filter((word) => word.includes('=') && !word.startsWith('--')).map((word) => word.split('='))
const wanted = words.filter((word) => !word.startsWith('--') && !word.includes('='))
const entries: ModelEntry[] = models
  .filter(({ id, memberWeights }) => !memberWeights && (wanted.length === 0 || wanted.includes(id)))
  .flatMap(({ id, presets, parameters }) =>
    (words.includes('--presets') ? presets : presets.slice(0, 1)).map((preset) => ({
      model: id,
      preset: preset.id,
      params: Object.fromEntries(given.flatMap(([name, value]) => overridden(parameters, name, value))),
    })),
  )

for (const [name, source] of Object.entries(datasets)) {
  if (only === undefined || only === name) await withWorkbench(threads, (workbench) => measure(workbench, name, source))
}

function overridden(parameters: readonly Parameter[], name: string, value: string): [string, ParameterValue][] {
  const type = parameters.find((parameter) => parameter.name === name)?.type
  return type ? [[name, type === 'choice' ? value : Number(value)]] : []
}

async function measure({ client, processorSeconds }: Workbench, name: string, source: DatasetSpec): Promise<void> {
  const datasetId = await openDataset(client, source)
  const split = { strategy: 'leave-one-out' as const }
  const evaluation = { cutoffs: [10] }
  const { train: counts } = await client.call('splits.preview', { datasetId, split })
  console.log(`\n${name}: ${counts.interactions} interactions of ${counts.users} users and ${counts.items} items\n`)
  console.log('| model | preset | seconds, expected | taken | times | MiB, expected | taken | times |')
  console.log('|---|---|---|---|---|---|---|---|')
  for (const entry of entries) {
    const model = models.find(({ id }) => id === entry.model)
    if (model?.features === 'required' && !source.items) continue
    const train = async () => {
      const [{ id }] = await client.call('runs.start', { datasetId, split, evaluation, models: [entry] })
      await ended(client, ({ kind, subject }) => kind === 'train' && subject === id)
      return (await client.call('runs.list', {})).find((run) => run.id === id)?.peakBytes ?? Number.NaN
    }
    const [estimate] = await client.call('models.estimate', { datasetId, counts, models: [entry] })
    const bytes = await train()
    const seconds = processorSeconds()
    const mebibytes = (value: number) => Math.round(value / 2 ** 20)
    const cells = [
      ...[estimate.seconds.toFixed(2), seconds.toFixed(2), (estimate.seconds / seconds).toFixed(2)],
      ...[mebibytes(estimate.bytes), mebibytes(bytes), (estimate.bytes / bytes).toFixed(2)],
    ]
    console.log(`| ${entry.model} | ${entry.preset} | ${cells.join(' | ')} |`)
  }
}
