import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { TopnError } from '../../contract/errors'
import { writeFileAtomic } from '../../files/atomic'
import type { HistoryForm, ScoringForm, UsersForm } from '../../models/form'
import type { Model } from '../../models/model'
import { scoring } from '../graphs/scoring'
import type { PlainTensor } from '../proof/plain-tensors'
import { openPlainTfjs, type PlainGraph } from '../proof/plain-tfjs'
import { type GraphConstant, tfjsGraph } from '../tfjs/graph'
import { writeCard, writeIds, writeJson } from './card'
import type { ExportFormat, ExportSource, ProofCase, Reading } from './format'
import { formOf, readingOf } from './forms'
import { refuseLargeGraph } from './graph-limit'
import { npz } from './npz'

const files = { first: 'model.json', history: 'history.json' } as const
/** What TensorFlow.js cuts weights into, so that browsers keep them. */
const shardBytes = 4 * 2 ** 20

/** Graph models of TensorFlow.js, of networks and of what scores by products of vectors. */
export const tfjs: ExportFormat = {
  id: 'tfjs',
  kind: 'model',
  extension: null,
  refusal: (model) => (isNetwork(model) || npz.refusal(model) === null ? null : reasonOf(model)),
  async write(source, folder) {
    const form = formOf(source)
    if (!form) throw new TopnError('BAD_REQUEST', `${reasonOf(source.model)} Choose safetensors.`)
    const { first, history } = graphsOf(form)
    const meanings = [await writeGraph(source, folder, files.first, first, readingOf(form))]
    if (history) meanings.push(await writeGraph(source, folder, files.history, history, readingOf(form)))
    await writeIds(folder, source)
    await writeCard(folder, source, [
      ...meanings,
      ['user_ids.json, item_ids.json', 'the id of each row and of each score; seen items are scored like others'],
    ])
  },
  async reread({ folder, prepared }) {
    const first = await openPlainTfjs(join(folder, files.first))
    const history = await openHistory({ folder }, first)
    return {
      by: 'a loader of its own, and plain arithmetic',
      async score(cases) {
        return cases.map((each) => {
          const graph = each.user === null ? history : first
          return graph && scoreCase(graph, each, prepared.itemIds.length)
        })
      },
    }
  },
}

const isNetwork = ({ family, form }: Model) => ['Neural', 'Sequences'].includes(family) && form !== undefined
const reasonOf = ({ name }: Model) => `${name} has no vectors or layers whose graph TensorFlow.js computes.`

/** Where users are scored by their histories, there is but one graph. */
function graphsOf({ users, histories }: ScoringForm) {
  const first = users ?? histories
  if (!first) throw new Error('the form scores nobody')
  return { first, history: users && histories ? histories : null }
}

/** Answers what the card says of it. */
async function writeGraph(
  { about, manifest }: ExportSource,
  folder: string,
  file: string,
  form: UsersForm | HistoryForm,
  reading: Record<string, string>,
): Promise<[string, string]> {
  const { nodes, constants, inputs, outputs } = tfjsGraph(scoring(form))
  const bytes = constants.reduce((sum, { data }) => sum + data.byteLength, 0)
  refuseLargeGraph(file, bytes, 'TensorFlow.js')
  const name = file === files.first ? 'weights' : 'history-weights'
  const paths = await writeShards(folder, name, constants)
  await writeJson(folder, file, {
    format: 'graph-model',
    generatedBy: `TopN ${about.version}`,
    convertedBy: null,
    signature: { inputs, outputs },
    userDefinedMetadata: { model: manifest.model, run: manifest.runId, ...reading },
    modelTopology: { node: nodes, library: {}, versions: { producer: 1 } },
    weightsManifest: [{ paths, weights: constants.map(({ name, shape, dtype }) => ({ name, shape, dtype })) }],
  })
  const asked = Object.keys(inputs).map((input) => meanings[input])
  return [`${file}, ${name}-*.bin`, `${asked.join(', and ')}, to \`scores\` float32 [batch, items]`]
}

/** All numbers behind one another, cut wherever a file is full; answers the names of the files. */
async function writeShards(folder: string, name: string, constants: readonly GraphConstant[]): Promise<string[]> {
  const bytes = Buffer.concat(
    constants.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  )
  const count = Math.max(1, Math.ceil(bytes.length / shardBytes))
  const names = Array.from({ length: count }, (_, at) => `${name}-${at + 1}-of-${count}.bin`)
  for (const [at, path] of names.entries()) {
    await writeFileAtomic(join(folder, path), bytes.subarray(at * shardBytes, (at + 1) * shardBytes))
  }
  return names
}

const meanings: Record<string, string> = {
  user: '`user` int32 [batch], rows of user_ids.json',
  history: '`history` float32 [batch, items], 1 for the items in it',
  ratings: '`ratings` float32 [batch, items] of these',
  items: '`items` int32 [batch, length], rows of item_ids.json in their order, then -1',
}

/** What scores histories that nobody was trained on; null where nothing does. */
async function openHistory({ folder }: Pick<Reading, 'folder'>, first: PlainGraph): Promise<PlainGraph | null> {
  if (!first.inputs.includes('user')) return first
  const path = join(folder, files.history)
  return access(path).then(
    () => openPlainTfjs(path),
    () => null,
  )
}

function scoreCase(graph: PlainGraph, { user, history }: ProofCase, items: number): Float64Array {
  const [row, ratings] = [new Float64Array(items), new Float64Array(items)]
  history.items.forEach((item, at) => {
    row[item] = 1
    ratings[item] = history.ratings[at]
  })
  const inputs: Record<string, PlainTensor> = {
    user: { shape: [1], data: Float64Array.of(user ?? -1) },
    items: { shape: [1, history.recent.length], data: Float64Array.from(history.recent) },
    history: { shape: [1, items], data: row },
    ratings: { shape: [1, items], data: ratings },
  }
  return graph.run(Object.fromEntries(graph.inputs.map((name) => [name, inputs[name]])))('scores').data
}
