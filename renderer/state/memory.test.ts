import { expect, test } from 'vitest'
import { parseMemory } from './memory'

test('what was written is read again', () => {
  const memory = { datasetInForce: 'd', colours: [['ials-1', 2]] as [string, number][] }
  expect(parseMemory(JSON.stringify(memory))).toEqual(memory)
})

test.each([
  ['null', { datasetInForce: null, colours: [] }],
  ['{}', { datasetInForce: null, colours: [] }],
  ['{"datasetInForce": 5, "colours": {"a": 1}}', { datasetInForce: null, colours: [] }],
  ['{"colours": [["a", 1], ["b", "1"], ["c", -1], [2, 2], null]}', { datasetInForce: null, colours: [['a', 1]] }],
])('what is not a memory is forgotten: %s', (text, memory) => {
  expect(parseMemory(text)).toEqual(memory)
})
