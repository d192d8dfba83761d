import { expect, test } from 'vitest'
import { changedSettings, parseMemory } from './memory'

const fresh = parseMemory({})

test('what was written is read again, among other settings', () => {
  const now = { ...fresh, datasetInForce: 'd', colours: [['ials-1', 2]] as [string, number][], inspectorWidth: 400 }
  const written = changedSettings(now, fresh)
  expect(written.map(({ key }) => key)).toEqual(['window.datasetInForce', 'window.colours', 'window.inspectorWidth'])
  const settings = Object.fromEntries(written.map(({ key, value }) => [key, JSON.parse(JSON.stringify(value))]))
  expect(parseMemory({ ...settings, other: 1, datasetInForce: 'another key' })).toEqual(now)
  expect(changedSettings(now, now)).toEqual([])
})

test.each([
  ['window.datasetInForce', 5],
  ['window.colours', { a: 1 }],
  ['window.colours', [['a', -1]]],
  ['window.address', 'https://evil.example'],
  ['window.inspectorWidth', 1e9],
  ['window.theme', 'pink'],
  ['window.commands', [1]],
])('what is not a memory is forgotten: %s %j', (key, value) => {
  expect(parseMemory({ [key]: value })).toEqual(fresh)
})
