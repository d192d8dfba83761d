import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { openModel, type RunnableModel } from '../../compute/onnx-session'
import { TopnError } from '../../contract/errors'
import { writeFileAtomic } from '../../files/atomic'
import { type ScoringForm, sequencesOf } from '../../models/form'
import type { Description } from '../graphs/graph'
import { scoring, tower } from '../graphs/scoring'
import { historyTower } from '../graphs/sequences'
import { createGraph } from '../onnx/graph'
import { lengthOf } from '../onnx/protobuf'
import { compareScores } from '../proof/compare'
import { writeCard, writeIds } from './card'
import type { ExportFormat, ExportSource, ProofCase, Reading } from './format'
import { formOf, readingOf } from './forms'
import { refuseLargeGraph } from './graph-limit'

const names = {
  users: [
    'users.onnx',
    'scores of users by their row, `user` int64 [batch], to `scores` float [batch, items]; where the graph asks for them `history`, `ratings` or `items` too, as below',
  ],
  history: [
    'history.onnx',
    'scores of any history: `history` float [batch, items], 1 for the items in it (and where the graph asks `ratings`, beside it), to `scores`; where the graph asks `items`: int64 [batch, length], rows of item_ids.json in their order, then -1',
  ],
  userTower: [
    'user_tower.onnx',
    'vectors of users, by `user` int64 [batch], or of histories, by `items` as above, or by both, to `vector`',
  ],
  itemTower: [
    'item_tower.onnx',
    'vectors of items: `item` int64 [batch] to `vector`; its product with that of a user or history is the score',
  ],
} as const satisfies Record<string, readonly [string, string]>

/** Graphs that score, with a batch of any size. What is never listed gets -infinity; seen items are not left out. */
export const onnx: ExportFormat = {
  id: 'onnx',
  kind: 'model',
  extension: null,
  refusal: (model) => (model.form ? null : `${model.name} has no form that other programs can compute.`),
  async write(source, folder) {
    const form = formOf(source)
    if (!form) {
      const message = `${source.model.name} has no form that other programs can compute, with its parameters. Choose safetensors.`
      throw new TopnError('BAD_REQUEST', message)
    }
    const graphs = graphsOf(form)
    for (const [file, graph] of graphs) await writeGraph(source, folder, file, graph, readingOf(form))
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
    const open = (name: keyof typeof names) => openIn(reading, names[name][0])
    const graphs = {
      users: await open('users'),
      history: await open('history'),
      userTower: await open('userTower'),
      itemTower: await open('itemTower'),
    }
    return {
      by: 'onnxruntime',
      async score(cases) {
        const scores = []
        for (const each of cases) scores.push(await scoreCase(each, graphs, reading.prepared.itemIds.length))
        return scores
      },
      async close() {
        for (const graph of Object.values(graphs)) await graph?.close()
      },
    }
  },
}

function graphsOf({ users, histories }: ScoringForm): Map<string, Description> {
  const graphs = new Map<string, Description>()
  if (users) graphs.set(names.users[0], scoring(users))
  if (histories) graphs.set(names.history[0], scoring(histories))
  const apart = users ?? histories
  if (apart?.kind === 'dot') {
    graphs.set(names.userTower[0], tower('user', apart.users))
    graphs.set(names.itemTower[0], tower('item', apart.items))
  }
  if (apart?.kind === 'sequence' || apart?.kind === 'personal-sequence') {
    graphs.set(names.userTower[0], historyTower(apart))
    graphs.set(names.itemTower[0], tower('item', sequencesOf(apart)[0].items))
  }
  return graphs
}

async function writeGraph(
  { about, manifest, model }: ExportSource,
  folder: string,
  file: string,
  describe: Description,
  reading: Record<string, string>,
) {
  const facts = { model: manifest.model, run: manifest.runId, params: JSON.stringify(manifest.params), ...reading }
  const graph = createGraph()
  describe(graph)
  const pieces = graph.build({ name: model.id, version: about.version, meaning: model.summary, facts })
  refuseLargeGraph(file, lengthOf(pieces), 'ONNX')
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

interface Graphs {
  users: RunnableModel | null
  history: RunnableModel | null
  userTower: RunnableModel | null
  itemTower: RunnableModel | null
}

async function scoreCase(each: ProofCase, { users, history, userTower, itemTower }: Graphs, items: number) {
  const graph = each.user !== null && users ? users : history
  if (!graph) return null
  const { scores } = await run(graph, each, items)
  // Towers score as the graph that they are parts of.
  if (userTower && itemTower && (users === null || graph === users)) {
    await expectProducts(scores, await run(userTower, each, items), itemTower)
  }
  return scores
}

function run(graph: RunnableModel, { user, history }: ProofCase, items: number) {
  const [row, ratings] = [new Float32Array(items), new Float32Array(items)]
  history.items.forEach((item, at) => {
    row[item] = 1
    ratings[item] = history.ratings[at]
  })
  const { length } = history.recent
  const inputs = {
    user: { data: BigInt64Array.of(BigInt(user ?? -1)), shape: [1] },
    items: { data: BigInt64Array.from(history.recent, BigInt), shape: [1, length] },
    history: { data: row, shape: [1, items] },
    ratings: { data: ratings, shape: [1, items] },
  }
  return graph.run(Object.fromEntries(graph.inputs.map((name) => [name, inputs[name as keyof typeof inputs]])))
}

/** Throws BAD_DATA where the product of the towers' vectors is another score. */
async function expectProducts(
  scores: Float32Array,
  { vector }: Record<string, Float32Array>,
  itemTower: RunnableModel,
) {
  const rows = BigInt64Array.from({ length: scores.length }, (_, item) => BigInt(item))
  const { vector: items } = await itemTower.run({ item: { data: rows, shape: [rows.length] } })
  const products = scores.map((score, item) => {
    if (!Number.isFinite(score)) return score
    return vector.reduce((sum, value, at) => sum + value * items[item * vector.length + at], 0)
  })
  compareScores('onnxruntime', [{ isUser: true, own: scores, again: products }])
}
