import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { type Split, splitSchema } from '../contract/experiment'
import type { EncodedInteractions } from '../data/prepared'
import { type Parts, splitInteractions, withoutTest } from '../data/split'
import { encodedOf } from '../data/testing/interactions'
import { createRandom } from '../models/random'
import { hasValidation, joinValidation, withValidation } from './study-split'

/** Forty users with eight interactions each, no two at the same time. */
const encoded = encodedOf(
  Array.from({ length: 40 }, (_, user) =>
    Array.from({ length: 8 }, (_, at) => [(user * 3 + at * 5) % 60, at * 100 + user] as [number, number]),
  ),
  60,
)
/** The last is the test part, the one before it the validation part. */
const given: EncodedInteractions = {
  ...encoded,
  parts: Uint8Array.from({ length: 320 }, (_, row) => (row % 8 === 7 ? 2 : row % 8 === 6 ? 1 : 0)),
}
const file = { strategy: 'predefined', train: 'a', validation: 'b', test: 'c' } as const

const pairs = (part: Parts['train'] | null) => {
  if (!part) return []
  return Array.from({ length: part.users }, (_, user) =>
    [...part.itemIndices.subarray(part.offsets[user], part.offsets[user + 1])].map((item) => `${user} ${item}`),
  ).flat()
}
const cut = (split: Split) => splitInteractions(given, split, createRandom(4))

describe.each<[string, Split]>(
  ['random', 'leave-last-out', 'leave-one-out', 'temporal', 'user-holdout', 'k-fold'].map((strategy) => [
    strategy,
    v.parse(splitSchema, { strategy }),
  ]),
)('a study on %s', (_, split) => {
  const proposed = withValidation(split, true)
  const parts = cut(proposed)
  const tuning = withoutTest(parts)

  test('has a validation part of its own, and reads nothing of the test part', () => {
    expect(hasValidation(split)).toBe(false)
    expect(hasValidation(proposed)).toBe(true)
    expect(parts.test.itemIndices.length).toBeGreaterThan(0)
    expect(pairs(tuning.test).length).toBeGreaterThan(0)
    const read = new Set([tuning.train, tuning.foldIn, tuning.validation, tuning.test].flatMap(pairs))
    expect(pairs(parts.test).filter((pair) => read.has(pair))).toEqual([])
    expect(pairs(tuning.test).filter((pair) => new Set(pairs(tuning.train)).has(pair))).toEqual([])
  })

  test('retrains on both parts, with the same test part', () => {
    const joined = cut(joinValidation(proposed))
    expect(joined.validation).toBeNull()
    expect(pairs(joined.test)).toEqual(pairs(parts.test))
    const trained = new Set([...pairs(joined.train), ...pairs(joined.foldIn)])
    for (const pair of [tuning.train, tuning.foldIn, tuning.test].flatMap(pairs)) expect(trained).toContain(pair)
    for (const pair of pairs(tuning.test)) expect(pairs(joined.train)).toContain(pair)
  })
})

test('a validation file is what trials are judged on, and is trained on in the end', () => {
  expect(withValidation(file, true)).toEqual(file)
  const tuning = withoutTest(cut(file))
  expect([pairs(tuning.train).length, pairs(tuning.test).length]).toEqual([240, 40])
  const joined = cut(joinValidation(file))
  expect([pairs(joined.train).length, joined.validation, pairs(joined.test).length]).toEqual([280, null, 40])
  expect(pairs(joined.test)).toEqual(pairs(cut(file).test))
})

test('files without one get a validation part by time, or at random without times', () => {
  const files: Split = { strategy: 'predefined', train: 'a', test: 'c' }
  expect(withValidation(files, true).validation).toEqual({ strategy: 'leave-last-out', count: 1 })
  expect(withValidation(files, false).validation).toEqual({ strategy: 'random', ratio: 0.2, per: 'user' })
})

test('without a validation part nothing is judged', () => {
  expect(withoutTest(cut(v.parse(splitSchema, { strategy: 'leave-last-out' }))).test.itemIndices).toHaveLength(0)
})
