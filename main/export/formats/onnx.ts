import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { openModel, type RunnableModel } from '../../compute/onnx-session'
import { TopnError } from '../../contract/errors'
import { writeFileAtomic } from '../../files/atomic'
import type { ScoringForm } from '../../models/form'
import { compress } from '../compress'
import type { GraphBuilder } from '../onnx/graph'
import { lengthOf } from '../onnx/protobuf'
import { historyGraph, towerGraph, usersGraph } from '../onnx/scoring'
import { writeCard, writeIds } from './card'
import type { ExportFormat, ExportSource, ProofCase, Reading } from './format'

const names = {
  users: ['users.onnx', 'scores of users by their row: `user` int64 [batch] to `scores` float [batch, items]'],
  history: [
    'history.onnx',
    'scores of any history: `history` float [batch, items], 1 for the items in it (and where the graph asks `ratings`, beside it), to `scores`; where the graph asks `items`: int64 [batch, length], rows of item_ids.json in their order, then -1',
  ],
  userTower: ['user_tower.onnx', 'vectors of users: `user` int64 [batch] to `vector`'],
  itemTower: [
    'item_tower.onnx',
    'vectors of items: `item` int64 [batch] to `vector`; its product with that of a user is the score',
  ],
} as const satisfies Record<string, readonly [string, string]>

/** A file is one message of Protocol Buffers, and the proof has it in memory twice. */
const mostBytes = 2 ** 30

/** Graphs that score, with a batch of any size. What is never listed gets -infinity; seen items are not left out. */
export const onnx: ExportFormat = {
  id: 'onnx',
  kind: 'model',
  extension: null,
  refusal: (model) => (model.form ? null : `${model.name} has no form that other programs can compute.`),
  async write(source, folder) {
    const graphs = graphsOf(source)
    for (const [file, graph] of graphs) await writeGraph(source, folder, file, graph)
    await writeIds(folder, source)
    const meanings = new Map<string, string>(Object.values(names))
    await writeCard(folder, source, [
      ...[...graphs.keys()].map((file): [string, string] => [file, meanings.get(file) ?? '']),
      [
        'user_ids.json, item_ids.json',
        'the id of each row and of each score; items that were seen are scored like others',
      ],
    ])
  },
  async reread(reading) {
    const [users, history] = [await openIn(reading, names.users[0]), await openIn(reading, names.history[0])]
    return {
      by: 'onnxruntime',
      async score(cases) {
        const scores = []
        for (const each of cases) scores.push(await scoreCase(each, users, history, reading.prepared.itemIds.length))
        return scores
      },
      async close() {
        await users?.close()
        await history?.close()
      },
    }
  },
}

function formOf({ model, manifest, tensors, settings }: ExportSource): ScoringForm {
  const { restored } = compress(tensors, settings.compression)
  const form = model.form?.({ tensors: restored, params: manifest.params })
  if (form) return form
  const message = `${model.name} has no form that other programs can compute, with its parameters. Choose safetensors.`
  throw new TopnError('BAD_REQUEST', message)
}

function graphsOf(source: ExportSource): Map<string, GraphBuilder> {
  const { users, histories } = formOf(source)
  const graphs = new Map<string, GraphBuilder>()
  if (users) graphs.set(names.users[0], usersGraph(users))
  if (histories) graphs.set(names.history[0], historyGraph(histories, source.prepared.itemIds.length))
  if (users?.kind === 'dot') {
    graphs.set(names.userTower[0], towerGraph('user', users.users))
    graphs.set(names.itemTower[0], towerGraph('item', users.items))
  }
  return graphs
}

async function writeGraph({ about, manifest, model }: ExportSource, folder: string, file: string, graph: GraphBuilder) {
  const facts = { model: manifest.model, run: manifest.runId, params: JSON.stringify(manifest.params) }
  const pieces = graph.build({ name: model.id, version: about.version, meaning: model.summary, facts })
  if (lengthOf(pieces) > mostBytes) {
    const message = `${file} would have ${(lengthOf(pieces) / 2 ** 30).toFixed(1)} GiB, and 1 GiB is the most for ONNX. Choose safetensors.`
    throw new TopnError('BAD_REQUEST', message)
  }
  await writeFileAtomic(join(folder, file), pieces)
}

/** Null where the model has no such graph. */
async function openIn({ folder }: Reading, file: string): Promise<RunnableModel | null> {
  const path = join(folder, file)
  return access(path).then(
    () => openModel(path),
    () => null,
  )
}

async function scoreCase(
  { user, history }: ProofCase,
  users: RunnableModel | null,
  folded: RunnableModel | null,
  items: number,
) {
  if (user !== null && users) {
    const { scores } = await users.run({ user: { data: BigInt64Array.of(BigInt(user)), shape: [1] } })
    return scores
  }
  if (!folded) return null
  const [row, ratings] = [new Float32Array(items), new Float32Array(items)]
  history.items.forEach((item, at) => {
    row[item] = 1
    ratings[item] = history.ratings[at]
  })
  const length = history.items.length
  const inputs = {
    items: { data: BigInt64Array.from(history.items, BigInt), shape: [1, length] },
    history: { data: row, shape: [1, items] },
    ratings: { data: ratings, shape: [1, items] },
  }
  const { scores } = await folded.run(
    Object.fromEntries(folded.inputs.map((name) => [name, inputs[name as 'history']])),
  )
  return scores
}
