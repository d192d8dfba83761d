import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { type FeatureInput, featureSchema, featuresSchema } from '../../contract/features'
import { createRandom } from '../../models/random'
import { interactionsOf } from '../../models/testing'
import { mergeParts } from '../merge-parts'
import { splitInteractions } from '../split'
import { encodedOf } from '../testing/interactions'
import { assembleFeatures } from './assemble'
import { type AttributeTables, encodeFeature, encodeFeatures } from './encode'
import { previewFeatures } from './preview'
import { proposeFeatures } from './propose'
import { attribute, readRows, tableOf } from './testing/rows'

const random = createRandom(1)
const tables: AttributeTables = {
  items: tableOf(
    attribute('genres', 'multi-valued', ['Action|Drama', 'Drama', '', 'Comedy| Drama |Comedy'], '|'),
    attribute('country', 'category', ['US', 'FR', 'US', '']),
    attribute('year', 'number', ['1990', '', '1995', '2000']),
    attribute('released', 'date', ['02-Jan-1970', '1970-01-01T00:00:10', '', '20']),
    attribute('poster', 'vector', ['[1, 2.5]', '', '[-1,0]', '[0, 4]']),
  ),
  users: tableOf(attribute('age', 'number', ['10', '20', '60'])),
}
const encode = (feature: FeatureInput) => encodeFeature(v.parse(featureSchema, feature), tables)
const rowsOf = (feature: FeatureInput) => readRows(encode(feature))

describe('categories', () => {
  test('a row has 1 for each of its values', () => {
    expect(rowsOf({ as: 'categories', column: 'genres' })).toEqual([
      { 'genres: Action': 1, 'genres: Drama': 1 },
      { 'genres: Drama': 1 },
      {},
      { 'genres: Comedy': 1, 'genres: Drama': 1 },
    ])
  })

  test('values of few rows are left out', () => {
    expect(encode({ as: 'categories', column: 'genres', minimum_count: 2 }).names).toEqual(['genres: Drama'])
  })

  test('crosses are all combinations', () => {
    expect(rowsOf({ as: 'cross', columns: ['genres', 'country'] })).toEqual([
      { 'genres x country: Action x US': 1, 'genres x country: Drama x US': 1 },
      { 'genres x country: Drama x FR': 1 },
      {},
      {},
    ])
  })
})

describe('numbers', () => {
  // Of 1990, 1995 and 2000: mean 1995, variance 50 / 3.
  const deviation = Math.sqrt(50 / 3)
  test.each([
    ['standard', [-5 / deviation, 0, 5 / deviation]],
    ['min-max', [0, 0.5, 1]],
    ['log', [Math.log(1991), Math.log(1996), Math.log(2001)]],
    ['none', [1990, 1995, 2000]],
  ] as const)('scale %s', (scale, [first, third, fourth]) => {
    const rows = rowsOf({ as: 'number', column: 'year', scale })
    expect(rows[1]).toEqual({ 'year: missing': 1 })
    expect(rows[0].year ?? 0).toBeCloseTo(first, 4)
    expect(rows[2].year ?? 0).toBeCloseTo(third, 4)
    expect(rows[3].year ?? 0).toBeCloseTo(fourth, 4)
  })

  test('without a missing one there is one column; below zero the logarithm is mirrored', () => {
    const own = { ...tables, items: tableOf(attribute('gain', 'number', ['-1', '1'])) }
    const block = encodeFeature(v.parse(featureSchema, { as: 'number', column: 'gain', scale: 'log' }), own)
    expect(block.names).toEqual(['gain'])
    expect(block.values[0]).toBeCloseTo(-Math.LN2, 6)
    expect(block.values[1]).toBeCloseTo(Math.LN2, 6)
  })

  test('dates are seconds since 1970', () => {
    const rows = rowsOf({ as: 'number', column: 'released', scale: 'none' })
    expect(rows.map(({ released }) => released)).toEqual([86_400, 10, undefined, 20])
  })

  test('bins of equal frequency hold equally many', () => {
    const own = { ...tables, items: tableOf(attribute('n', 'number', ['8', '1', '2', '100', '3', '7'])) }
    const feature = v.parse(featureSchema, { as: 'bins', column: 'n', bins: 3 })
    expect(encodeFeature(feature, own).names).toEqual(['n: < 3', 'n: 3 to < 8', 'n: >= 8'])
    expect([...encodeFeature(feature, own).indices]).toEqual([2, 0, 0, 2, 1, 1])
  })

  test('bins of equal width are equally wide; a constant has one', () => {
    const own = { ...tables, items: tableOf(attribute('n', 'number', ['0', '1', '4', '10', ''])) }
    const feature = v.parse(featureSchema, { as: 'bins', column: 'n', bins: 2, method: 'equal-width' })
    expect(readRows(encodeFeature(feature, own))).toEqual([
      { 'n: < 5': 1 },
      { 'n: < 5': 1 },
      { 'n: < 5': 1 },
      { 'n: >= 5': 1 },
      {},
    ])
    const constant = { ...tables, items: tableOf(attribute('n', 'number', ['5', '5'])) }
    expect(encodeFeature(feature, constant).names).toEqual(['n: any'])
  })
})

describe('vectors', () => {
  test('are taken as they are given', () => {
    expect(rowsOf({ as: 'vector', column: 'poster' })).toEqual([
      { 'poster: 1': 1, 'poster: 2': 2.5 },
      {},
      { 'poster: 1': -1 },
      { 'poster: 2': 4 },
    ])
  })

  test('as components they have a variance each', () => {
    const block = encode({ as: 'vector', column: 'poster', dimensions: 5 })
    expect(block.names).toEqual(['poster: component 1', 'poster: component 2'])
    expect(block.explainedVariance?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(readRows(block)[1]).toEqual({})
  })

  test('one of another length is refused', () => {
    const own = { ...tables, items: tableOf(attribute('v', 'vector', ['1 2', '1 2 3'], ' ')) }
    const feature = v.parse(featureSchema, { as: 'vector', column: 'v' })
    expect(() => encodeFeature(feature, own)).toThrow('v is no vector of 2 numbers in row 2: "1 2 3".')
  })
})

describe('interests', () => {
  const features = v.parse(featuresSchema, [
    { as: 'interests', of: 'users', column: 'genres' },
    { as: 'number', of: 'users', column: 'age', scale: 'none' },
    { as: 'categories', column: 'country' },
  ])

  test('are the mean over the training history, beside the other features', () => {
    const train = interactionsOf([[0, 1, 1], [2], []], 4)
    const { users, items } = assembleFeatures(encodeFeatures(features, tables), train)
    expect(users.blocks.map(({ group, names }) => [group, names.length])).toEqual([
      ['genres', 3],
      ['age', 1],
    ])
    const rows = readRows({ ...users, names: users.blocks.flatMap(({ names }) => names) })
    expect(rows[0]['interest in genres: Action']).toBeCloseTo(1 / 3, 6)
    expect(rows[0]['interest in genres: Drama']).toBeCloseTo(1, 6)
    expect(rows.slice(1)).toEqual([{ age: 20 }, { age: 60 }])
    expect([items.rows, items.columns]).toEqual([4, 2])
  })

  test('never see what a user is judged by', () => {
    // Everyone's last item is the only one of a genre of its own, which must not show in anybody's interests.
    const genres = ['Seen', 'Seen', 'Judged 0', 'Judged 1']
    const own = { ...tables, items: tableOf(attribute('genres', 'category', genres)) }
    const interactions = encodedOf(
      [0, 1].map((user) => [
        [0, 1],
        [1, 2],
        [2 + user, 3],
      ]),
      4,
    )
    const parts = splitInteractions(interactions, { strategy: 'leave-last-out', count: 1 }, random)
    expect([...parts.test.itemIndices]).toEqual([2, 3])
    const encoded = encodeFeatures(v.parse(featuresSchema, [{ as: 'interests', of: 'users', column: 'genres' }]), own)
    const names = encoded[0].names
    const seen = readRows({ ...assembleFeatures(encoded, parts.train).users, names })
    expect(seen).toEqual([{ 'interest in genres: Seen': 1 }, { 'interest in genres: Seen': 1 }])
    // The same features of everything, for lists that are made after training on everything, do have it.
    const all = readRows({ ...assembleFeatures(encoded, mergeParts(parts)).users, names })
    expect(all[0]['interest in genres: Judged 0']).toBeCloseTo(1 / 3, 6)
  })
})

test('an attribute that is not there is named with the field', () => {
  const wrong = v.parse(featuresSchema, [
    { as: 'categories', column: 'genres' },
    { as: 'categories', column: 'gender', of: 'users' },
  ])
  expect(() => encodeFeatures(wrong, tables)).toThrow(
    expect.objectContaining({
      code: 'BAD_REQUEST',
      message: 'features[1]: The users have no attribute gender; choose one of age.',
      data: { name: 'gender', field: 'features[1]' },
    }),
  )
  expect(() => encode({ as: 'bins', column: 'country' })).toThrow('country holds no number. Use it as categories')
})

test('a preview says what each feature gives, or why it gives nothing', () => {
  const features = v.parse(featuresSchema, [
    { as: 'categories', column: 'genres' },
    { as: 'interests', of: 'users', column: 'genres' },
    { as: 'bins', column: 'genres' },
  ])
  const [genres, interests, wrong] = previewFeatures(features, tables)
  expect(genres).toEqual({
    problem: null,
    columns: 3,
    values: 5,
    bytes: 40,
    top: [
      { name: 'genres: Drama', rows: 3 },
      { name: 'genres: Action', rows: 1 },
      { name: 'genres: Comedy', rows: 1 },
    ],
    explainedVariance: null,
    gaps: null,
  })
  expect(interests).toMatchObject({ columns: 3, values: null, bytes: null })
  expect(wrong).toMatchObject({ problem: 'genres holds no number. Use it as categories or as text.', columns: 0 })
})

test('defaults follow the types: texts are left out', () => {
  expect(
    proposeFeatures({
      items: [
        { name: 'title', type: 'text' },
        { name: 'genres', type: 'multi-valued' },
        { name: 'poster', type: 'vector' },
      ],
      users: [{ name: 'age', type: 'number' }],
    }),
  ).toEqual([
    { as: 'categories', of: 'items', column: 'genres', minimum_count: 1 },
    { as: 'vector', of: 'items', column: 'poster', dimensions: 64 },
    { as: 'number', of: 'users', column: 'age', scale: 'standard' },
  ])
})
