import { expect, test } from 'vitest'
import { extendCurve, type TrainingCurve } from './curve'

const first: TrainingCurve = [{ epoch: 1, values: { loss: 3 } }]

test('a curve grows by each report that has values', () => {
  expect(extendCurve(first, { epoch: 4, values: { loss: 2 } })).toEqual([...first, { epoch: 4, values: { loss: 2 } }])
  for (const silent of [{}, { epoch: null, values: { loss: 1 } }, { epoch: 2, values: {} }]) {
    expect(extendCurve(first, silent)).toBe(first)
  }
})

test('an epoch that is reported again replaces what was known from there on', () => {
  const long = extendCurve(extendCurve(first, { epoch: 2, values: { loss: 2 } }), { epoch: 3, values: { loss: 1 } })
  expect(extendCurve(long, { epoch: 2, values: { loss: 5 } })).toEqual([...first, { epoch: 2, values: { loss: 5 } }])
})
