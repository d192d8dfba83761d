import { join } from 'node:path'
import { TopnError } from '../../contract/errors'
import { writeFileAtomic } from '../../files/atomic'
import type { Model } from '../../models/model'
import { compress } from '../compress'
import { openPlainTfjs } from '../proof/plain-tfjs'
import { type GraphConstant, type TfjsParts, typeOf } from '../tfjs/graph'
import { tfjsGraphOf } from '../tfjs/scoring'
import { writeCard, writeIds, writeJson } from './card'
import type { ExportFormat, ExportSource, ProofCase } from './format'
import { npz } from './npz'

const file = 'model.json'
/** What TensorFlow.js cuts weights into, so that browsers keep them. */
const shardBytes = 4 * 2 ** 20

/** A graph model of TensorFlow.js, of networks and of what scores by products of vectors. */
export const tfjs: ExportFormat = {
  id: 'tfjs',
  kind: 'model',
  extension: null,
  refusal: (model) => (isNetwork(model) || npz.refusal(model) === null ? null : reasonOf(model)),
  async write(source, folder) {
    const parts = partsOf(source)
    const paths = await writeShards(folder, parts.constants)
    const { about, manifest } = source
    await writeJson(folder, file, {
      format: 'graph-model',
      generatedBy: `TopN ${about.version}`,
      convertedBy: null,
      signature: { inputs: parts.inputs, outputs: parts.outputs },
      userDefinedMetadata: { model: manifest.model, run: manifest.runId },
      modelTopology: { node: parts.nodes, library: {}, versions: { producer: 1 } },
      weightsManifest: [{ paths, weights: parts.constants.map(entryOf) }],
    })
    await writeIds(folder, source)
    await writeCard(folder, source, [
      [`${file}, weights-*.bin`, meaningOf(parts)],
      ['user_ids.json, item_ids.json', 'the id of each row and of each score; seen items are scored like others'],
    ])
  },
  async reread({ folder, prepared }) {
    const graph = await openPlainTfjs(join(folder, file))
    const takesUsers = graph.inputs.includes('user')
    return {
      by: 'a loader of its own, and plain arithmetic',
      async score(cases) {
        return cases.map((each) => {
          if (takesUsers) return each.user === null ? null : graph.run({ user: userOf(each) })('scores').data
          return graph.run({ history: historyOf(each, prepared.itemIds.length) })('scores').data
        })
      },
    }
  },
}

const isNetwork = ({ family, form }: Model) => family === 'Neural' && form !== undefined
const reasonOf = ({ name }: Model) => `${name} has no vectors or layers whose graph TensorFlow.js computes.`

function partsOf({ model, manifest, tensors, settings }: ExportSource): TfjsParts {
  const { restored } = compress(tensors, settings.compression)
  const form = model.form?.({ tensors: restored, params: manifest.params })
  const graph = form ? tfjsGraphOf(form) : null
  if (graph) return graph.parts()
  throw new TopnError('BAD_REQUEST', `${reasonOf(model)} Choose safetensors.`)
}

const entryOf = (constant: GraphConstant) => ({
  name: constant.name,
  shape: constant.shape,
  dtype: typeOf(constant) === 'DT_FLOAT' ? 'float32' : 'int32',
})

/** All numbers behind one another, cut wherever a file is full; answers the names of the files. */
async function writeShards(folder: string, constants: readonly GraphConstant[]): Promise<string[]> {
  const bytes = Buffer.concat(
    constants.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  )
  const count = Math.max(1, Math.ceil(bytes.length / shardBytes))
  const names = Array.from({ length: count }, (_, at) => `weights-${at + 1}-of-${count}.bin`)
  for (const [at, name] of names.entries()) {
    await writeFileAtomic(join(folder, name), bytes.subarray(at * shardBytes, (at + 1) * shardBytes))
  }
  return names
}

function meaningOf({ inputs }: TfjsParts): string {
  return inputs.user
    ? 'scores of users by their row: `user` int32 [batch] to `scores` [batch, items]'
    : 'scores of any history: `history` float [batch, items], 1 for the items in it, to `scores`'
}

const userOf = ({ user }: ProofCase) => ({ shape: [1], data: Float64Array.of(user ?? 0) })

function historyOf({ history }: ProofCase, items: number) {
  const data = new Float64Array(items)
  for (const item of history.items) data[item] = 1
  return { shape: [1, items], data }
}
