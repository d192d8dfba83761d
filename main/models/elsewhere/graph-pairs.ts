import type { GraphArray } from '../../compute/onnx-graph'
import { type GraphInput, inputOf } from './graph-call'
import { type AskedGraph, batchesOf, finite, runGraph, shaped, unusable } from './graph-run'

const mostRows = 256

/** Scores pair by pair, of everyone and everything that the graph knows. */
export async function scorePairs(asked: AskedGraph, users: Uint32Array, into: Float32Array): Promise<void> {
  const { call, items, itemRows, userRows } = asked
  const known = Array.from(itemRows.keys()).filter((item) => itemRows[item] >= 0)
  const people = Array.from(users.keys()).filter((at) => (userRows?.[users[at]] ?? -1) >= 0)
  const [user, item] = [inputOf(call, 'user'), inputOf(call, 'item')]
  if (!user || !item) throw new Error('pairs have no inputs')
  const score = call.layout === 'flat' ? scoreFlat : scoreTable
  const rowOf = (at: number) => userRows?.[users[at]] ?? 0
  await score(asked, {
    user,
    item,
    people,
    known,
    rowOf,
    put: (at, which, value) => {
      into[at * items + which] = finite(value)
    },
  })
}

interface Pairs {
  user: GraphInput
  item: GraphInput
  /** Places of the users who are asked for, and the items that the graph knows. */
  people: readonly number[]
  known: readonly number[]
  rowOf(at: number): number
  put(at: number, item: number, value: number | bigint): void
}

/** One score for each pair. */
async function scoreFlat(asked: AskedGraph, { user, item, people, known, rowOf, put }: Pairs): Promise<void> {
  const pairs = people.length * known.length
  const size = user.shape[0] ?? Math.min(pairs, 2 ** 17)
  for (let from = 0; from < pairs; from += size) {
    const count = Math.min(size, pairs - from)
    const all = Array.from({ length: user.shape[0] ?? count }, (_, at) => from + Math.min(at, count - 1))
    const [at, which] = [
      (pair: number) => people[Math.floor(pair / known.length)],
      (pair: number) => known[pair % known.length],
    ]
    const scores = await runGraph(asked, {
      [user.name]: shaped(
        user,
        [all.length],
        all.map((pair) => rowOf(at(pair))),
      ),
      [item.name]: shaped(
        item,
        [all.length],
        all.map((pair) => asked.itemRows[which(pair)]),
      ),
    })
    refuseOther(asked, scores, all.length)
    for (let pair = 0; pair < count; pair++) put(at(from + pair), which(from + pair), scores.data[pair])
  }
}

/** Scores of some items for each of some users: the items are the same for all, said once or for each. */
async function scoreTable(asked: AskedGraph, { user, item, people, known, rowOf, put }: Pairs): Promise<void> {
  const isGrid = asked.call.layout === 'grid'
  const width = item.shape[isGrid ? 0 : 1] ?? Math.min(known.length, 2 ** 14)
  const room = Math.max(1, Math.floor(2 ** 20 / width))
  for (const which of batchesOf(known, item.shape[isGrid ? 0 : 1], width)) {
    const rows = which.rows.map((one) => asked.itemRows[one])
    for (const batch of batchesOf(people, user.shape[0], Math.min(mostRows, room))) {
      const own = shaped(user, [batch.rows.length], batch.rows.map(rowOf))
      const given = isGrid
        ? shaped(item, [rows.length], rows)
        : shaped(
            item,
            [batch.rows.length, rows.length],
            batch.rows.flatMap(() => rows),
          )
      const scores = await runGraph(asked, { [user.name]: own, [item.name]: given })
      refuseOther(asked, scores, batch.rows.length * rows.length)
      for (let row = 0; row < batch.count; row++)
        for (let at = 0; at < which.count; at++)
          put(batch.rows[row], which.rows[at], scores.data[row * rows.length + at])
    }
  }
}

function refuseOther({ call }: AskedGraph, { data, shape }: GraphArray, wanted: number): void {
  if (data.length === wanted) return
  throw unusable(call, `it gives ${shape.join(' x ')} numbers, where ${wanted} scores are asked for`)
}
