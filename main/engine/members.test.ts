import { expect, test } from 'vitest'
import type { Split } from '../contract/experiment'
import { checkParameters, findModel } from '../models/registry'
import { requireValidation } from './members'

const holdOut = { strategy: 'user-holdout' as const, ratio: 0.2, fold_in: 0.8, tested: 'latest' as const }
const heldOut: Split = { ...holdOut, validation: holdOut }
const lastOut: Split = { ...holdOut, validation: { strategy: 'leave-last-out', count: 1 } }

const check = (id: string, params: object, split: Split) => {
  const model = findModel(id)
  return () => requireValidation(model, checkParameters(model, { ...params }), split, 'models[0]')
}

test('weights of an ensemble are not found by users who are held out of training', () => {
  expect(check('ensemble', { weights: 'fitted' }, heldOut)).toThrow(
    'models[0].params.weights: fitted needs validation items of users who are trained on. ' +
      'Choose another validation part, or give weights the value equal.',
  )
  expect(check('ensemble', { weights: 'equal' }, heldOut)).not.toThrow()
  expect(check('ensemble', { weights: 'fitted' }, lastOut)).not.toThrow()
})

test('users who are held out of training stop it early, by what is known of them', () => {
  expect(check('mult-vae', { early_stopping: 'ndcg@10' }, heldOut)).not.toThrow()
  expect(check('mult-vae', { early_stopping: 'ndcg@10' }, lastOut)).not.toThrow()
})
