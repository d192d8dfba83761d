import { expect, test } from 'vitest'
import type { Description } from '../graphs/graph'
import { wholeNumber } from '../graphs/sequences'
import { tfjsGraph } from './graph'

const named = (describe: Description) => new Map(tfjsGraph(describe).nodes.map((node) => [node.name, node]))

test('a number that sizes are made of is another one than that which is computed with', () => {
  const found: string[] = []
  const nodes = named((graph) => {
    const items = graph.input('items', 'int64', ['batch', 'length'])
    const width = graph.operator('Squeeze', [graph.operator('Shape', [items], { start: 1, end: 2 })])
    found.push(graph.operator('Min', [width, wholeNumber(graph, 5)]))
    found.push(graph.operator('Min', [items, wholeNumber(graph, 5)]))
    found.push(graph.operator('Sub', [found[0], wholeNumber(graph, 1)]))
  })
  expect(found.map((name) => nodes.get(name)?.input?.[1])).toEqual(['size/5', 'whole_5', 'size/1'])
})

test('whole numbers have 32 bits, flags a byte, and what is asked for twice is there once', () => {
  const { constants, nodes } = tfjsGraph((graph) => {
    graph.wholes(2, -1)
    graph.wholes(2, -1)
    graph.constant('known', { type: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) })
  })
  expect(constants).toEqual([
    { name: 'wholes_2_-1', shape: [2], dtype: 'int32', data: Int32Array.of(2, -1) },
    { name: 'known', shape: [3], dtype: 'bool', data: Uint8Array.of(1, 0, 1) },
  ])
  expect(nodes.map(({ op }) => op)).toEqual(['Const', 'Const'])
})

test('an operator without a counterpart is named', () => {
  const describe: Description = (graph) => void graph.operator('TopK', [graph.number(1)])
  expect(() => tfjsGraph(describe)).toThrow('TopK has no counterpart in TensorFlow.js')
})
