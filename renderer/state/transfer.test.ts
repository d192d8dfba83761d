import { expect, test } from 'vitest'
import type { ModelDescription } from '../../main/contract/parameters'
import type { RunRecord } from '../../main/contract/records'
import { canTransfer, transferProblem } from './transfer'

const model = { id: 'fm', capabilities: ['features', 'transfer'] } as unknown as ModelDescription
const ofItems = [{ as: 'number', of: 'items', column: 'year' }]
const run = { model: 'fm', state: 'done', features: ofItems } as unknown as RunRecord

test('a trained run of a model that transfers, with features of items, can be used on other data', () => {
  expect(canTransfer(run, [model])).toBe(true)
  expect(canTransfer({ ...run, state: 'failed' }, [model])).toBe(false)
  const moved = { from: { kind: 'run' as const, runId: 'fm-1' }, found: null }
  expect(canTransfer({ ...run, elsewhere: moved }, [model])).toBe(false)
  expect(canTransfer(run, [])).toBe(false)
})

test('says what is missing', () => {
  expect(transferProblem(run, { capabilities: ['features'] })).toBe('model')
  expect(transferProblem({ features: null }, model)).toBe('features')
  expect(transferProblem({ features: [{ as: 'number', of: 'users', column: 'age', scale: 'none' }] }, model)).toBe(
    'features',
  )
  expect(transferProblem(run, model)).toBeNull()
})
