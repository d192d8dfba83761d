import { beforeEach, expect, test } from 'vitest'
import type { OpenGraph } from '../../compute/onnx-graph'
import type { Interactions, Tensors } from '../model'
import { interactionsOf } from '../testing'
import type { GraphCall } from './graph-call'
import { graphScorer as createScorer, graphTensors } from './graph-scorer'

const opened: { closed: boolean }[] = []
let problem: Error | null = null
async function open(): Promise<OpenGraph> {
  if (problem) throw problem
  const graph = { closed: false }
  opened.push(graph)
  return {
    run: async () => ({ data: Float32Array.of(1, 2), shape: [1, 2] }),
    close() {
      graph.closed = true
    },
  }
}
const graphScorer = (tensors: Tensors, histories: Interactions) => createScorer(tensors, histories, open)

const call: GraphCall = {
  file: 'graph.onnx',
  takes: 'users',
  inputs: [{ role: 'user', name: 'user', type: 'int64', shape: [null] }],
  output: 'scores',
  layout: 'flat',
  perPlace: false,
  historyLength: null,
  sessionGap: 0,
}
const tensorsOf = () => graphTensors(Uint8Array.of(1), call, { items: Int32Array.of(0, 1), users: Int32Array.of(0) })
const train = interactionsOf([[0]], 2)

beforeEach(() => {
  opened.length = 0
  problem = null
})

test('scorers of the same tensors share one open graph, which closes with the last of them', async () => {
  const tensors = tensorsOf()
  const [first, second] = await Promise.all([graphScorer(tensors, train), graphScorer(tensors, train)])
  expect(opened).toEqual([{ closed: false }])
  first.close()
  first.close()
  expect(opened).toEqual([{ closed: false }])
  const scores = new Float32Array(2)
  await second.score(Uint32Array.of(0), scores)
  expect([...scores]).toEqual([1, 2])
  second.close()
  expect(opened).toEqual([{ closed: true }])
  const again = await graphScorer(tensors, train)
  const other = await graphScorer(tensorsOf(), train)
  expect(opened).toEqual([{ closed: true }, { closed: false }, { closed: false }])
  again.close()
  other.close()
})

test('a graph that does not open is tried again', async () => {
  const tensors = tensorsOf()
  problem = new Error('it is broken')
  await expect(graphScorer(tensors, train)).rejects.toThrow('graph.onnx cannot be used: it is broken.')
  problem = null
  const scorer = await graphScorer(tensors, train)
  expect(opened).toHaveLength(1)
  scorer.close()
})

test('what takes users alone reads no histories', async () => {
  const unread = new Proxy(train, {
    get(target, name) {
      if (name === 'users' || name === 'items') return target[name]
      throw new Error(`${String(name)} is read`)
    },
  })
  const scorer = await graphScorer(tensorsOf(), unread)
  scorer.close()
})
