import { cp, mkdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import * as v from 'valibot'
import { TopnError } from '../../contract/errors'
import { experimentSchema } from '../../contract/experiment'
import { mapExperimentPaths } from '../../contract/experiment-paths'
import { noItem } from '../../evaluation/lists'
import { writeFileAtomic } from '../../files/atomic'
import { toNpy } from '../../files/npy'
import { explainWriting } from '../explain-writing'
import { longestOf, recentItems, sequencesIn } from '../proof/cases'
import { writeJson, writeText } from './card'
import type { ExportFormat, ExportSource } from './format'
import { onnx } from './onnx'
import { reproduceScript } from './reproduce-script'
import { safetensors } from './safetensors'

/** All that repeats a run, in one folder: data, experiment file, model, and a script that needs no TopN. */
export const bundle: ExportFormat = {
  id: 'bundle',
  kind: 'run',
  extension: null,
  refusal: () => null,
  async write(source, folder, samplerOf) {
    await writeExperiment(source, folder)
    await inFolder(folder, 'model', (model) => safetensors.write(source, model, samplerOf))
    const hasForm = source.model.form?.({ tensors: source.tensors, params: source.manifest.params }) != null
    if (hasForm) {
      await inFolder(folder, 'graphs', (graphs) => onnx.write(source, graphs, samplerOf))
      await writeReproduction(source, folder)
    }
    await writeText(folder, 'README.md', guide(source, hasForm))
  },
  reread: (reading) => safetensors.reread?.({ ...reading, folder: join(reading.folder, 'model') }) ?? refuse(),
}

const refuse = () => Promise.reject(new Error('not proved'))

async function inFolder(folder: string, name: string, write: (path: string) => Promise<void>): Promise<void> {
  const path = join(folder, name)
  await mkdir(path)
  await write(path)
}

/** The experiment file with its paths inside the folder, and the files that it names, byte by byte. */
async function writeExperiment({ about, settings }: ExportSource, folder: string): Promise<void> {
  if (!about.experiment) {
    const message = `${about.run} cannot be written as an experiment file, so nothing repeats it. Choose a format of its model.`
    throw new TopnError('BAD_REQUEST', message)
  }
  if (about.pseudonymised.length > 0 && !settings.originalIds) {
    const message = `The files of ${about.dataset} have the original ids. Allow them, or export the split.`
    throw new TopnError('BAD_REQUEST', message, { field: 'originalIds' })
  }
  const names = new Map<string, string>()
  const experiment = mapExperimentPaths(v.parse(experimentSchema, about.experiment), (path) => {
    const name = names.get(path) ?? freeName(path, new Set(names.values()))
    names.set(path, name)
    return name
  })
  await mkdir(join(folder, 'data'))
  for (const [path, name] of names) {
    await cp(path, join(folder, ...name.split('/')), { recursive: true }).catch((error) => {
      if (error.code !== 'ENOENT') throw explainWriting(error, path)
      const message = `There is no file ${path} any more, so the run cannot be repeated from it.`
      throw new TopnError('BAD_DATA', message, { file: path }, { cause: error })
    })
  }
  await writeJson(folder, 'experiment.json', experiment)
}

function freeName(path: string, taken: ReadonlySet<string>): string {
  const ending = extname(path)
  const own = basename(path, ending)
  for (let count = 1; ; count++) {
    const name = `data/${count === 1 ? own : `${own}-${count}`}${ending}`
    if (!taken.has(name)) return name
  }
}

/** What the script reads beside the graphs: the training part, and the list that it is to make. */
async function writeReproduction(source: ExportSource, folder: string): Promise<void> {
  const { train, userIds, itemIds } = source.prepared
  const arrays = { offsets: train.offsets, items: train.itemIndices, values: train.values }
  for (const [name, data] of Object.entries(arrays)) {
    await writeFileAtomic(join(folder, `train_${name}.npy`), toNpy(data, [data.length]))
  }
  await writeRecent(source, folder)
  const lists = await source.lists()
  const row = lists.users.findIndex((user) => train.offsets[user + 1] > train.offsets[user])
  if (row >= 0) {
    const places = Array.from({ length: lists.k }, (_, at) => row * lists.k + at)
    const listed = places.filter((at) => lists.items[at] !== noItem)
    const list = listed.map((at) => ({ item: itemIds[lists.items[at]], score: lists.scores[at] }))
    await writeJson(folder, 'expected.json', { user: userIds[lists.users[row]], list })
  }
  await writeText(folder, 'reproduce.py', reproduceScript)
}

/** What models that read in order read of each user. */
async function writeRecent({ model, tensors, manifest, prepared }: ExportSource, folder: string): Promise<void> {
  const read = sequencesIn(model.form?.({ tensors, params: manifest.params }) ?? null)
  if (read.length === 0) return
  const { offsets, items } = recentItems(prepared.train, longestOf(read))
  await writeFileAtomic(join(folder, 'recent_offsets.npy'), toNpy(offsets, [offsets.length]))
  await writeFileAtomic(join(folder, 'recent_items.npy'), toNpy(items, [items.length]))
}

function guide({ about, manifest, model }: ExportSource, hasForm: boolean): string {
  const script = hasForm
    ? `
To make one user's list without TopN (Python 3 with NumPy and onnxruntime):

    python3 reproduce.py            # the user of expected.json, compared with it
    python3 reproduce.py USER

\`graphs/\` has the model as ONNX, \`train_*.npy\` the training part: the items of user n stand from offsets[n] to
offsets[n + 1].
`
    : ''
  return `# ${about.run.replace(/[\r\n]/g, ' ')}

${model.name}, run ${manifest.runId} of TopN ${about.version}. To repeat it to the same numbers:

    topn run experiment.json --out repeated

\`data/\` has the files that the experiment file names, as they were read; \`model/\` the trained model with its card.
Encoders of texts and pictures, and their pictures, lie in \`data/\` too where the run used them.
${script}`
}
