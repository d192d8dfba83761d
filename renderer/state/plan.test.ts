import { expect, test } from 'vitest'
import { type PlanReason, planReasonCodes } from '../../main/contract/plan'
import { en } from '../locales/en'
import { createFormat } from '../locales/format'
import { stepOfReason, writtenReason } from './plan'

const format = createFormat('en')
const written = (reason: PlanReason) => writtenReason(reason, format, (id) => `<${id}>`)

test('every reason has a step and a sentence', () => {
  expect(Object.keys(stepOfReason).sort()).toEqual([...planReasonCodes].sort())
  expect(Object.keys(en.plan.reasons).sort()).toEqual([...planReasonCodes].sort())
})

test('values are written with their units', () => {
  expect(written({ code: 'model-too-large', data: { model: 'ease', bytes: 8e9, limit: 2e9 } })).toEqual({
    model: '<ease>',
    bytes: '8 GB',
    limit: '2 GB',
  })
  expect(written({ code: 'model-too-slow', data: { model: 'ials', seconds: 700, limit: 600 } })).toEqual({
    model: '<ials>',
    seconds: '11m 40s',
    limit: '10m 0s',
  })
  expect(written({ code: 'k-core', data: { user: 5, item: 5, interactions: 1234567, before: 2345678 } })).toMatchObject(
    {
      interactions: '1,234,567',
      before: '2,345,678',
    },
  )
  expect(written({ code: 'split-random', data: { ratio: 0.2 } })).toEqual({ ratio: '20%' })
})
