import * as v from 'valibot'
import { expect, test } from 'vitest'
import { featureSchema } from '../../main/contract/features'
import {
  changeFeature,
  featuresOf,
  kindsFor,
  linesOf,
  newFeature,
  optionsOf,
  withFeature,
  withOption,
} from './features'

test('a new feature of every kind is one that the engine takes', () => {
  for (const type of ['category', 'multi-valued', 'number', 'date', 'text', 'vector']) {
    for (const kind of kindsFor({ type, of: 'items' })) {
      const feature = newFeature(kind, 'items', ['genres'])
      expect(v.parse(featureSchema, feature)).toEqual(feature)
      expect(
        optionsOf(feature)
          .filter(({ name }) => !(name in feature))
          .map(({ name }) => name),
      ).toEqual(['vector', 'encoder', 'image-encoder'].includes(kind) ? ['dimensions'] : [])
    }
  }
  expect(newFeature('cross', 'users', ['age', 'job'])).toMatchObject({ of: 'users', columns: ['age', 'job'] })
})

test('what is switched off is not sent; an untouched form leaves the choice to the engine', () => {
  const lines = withFeature(linesOf([newFeature('number', 'items', ['year'])]), newFeature('text', 'items', ['title']))
  expect(lines.map(({ id }) => id)).toEqual([1, 2])
  expect(featuresOf(changeFeature(lines, 1, { on: false }))).toEqual([lines[1].feature])
  expect(featuresOf(null)).toBeNull()
})

test('an optional option can be taken away again', () => {
  const vector = newFeature('vector', 'items', ['poster'])
  const reduced = withOption(vector, 'dimensions', 8)
  expect(reduced).toMatchObject({ dimensions: 8 })
  expect(withOption(reduced, 'dimensions', undefined)).toEqual(vector)
})
