import { expect, test } from 'vitest'
import type { Split } from '../contract/experiment'
import { checkParameters, findModel } from '../models/registry'
import { requireValidation } from './members'

test('early stopping is refused where the validation part is of users who are held out of training', () => {
  const model = findModel('mult-vae')
  const holdOut = { strategy: 'user-holdout' as const, ratio: 0.2, fold_in: 0.8, tested: 'latest' as const }
  const split = { ...holdOut, validation: holdOut }
  const check = (params: object, validated: Split) =>
    requireValidation(model, checkParameters(model, { ...params }), validated, 'models[0]')
  const stopping = { early_stopping: 'ndcg@10' }
  expect(() => check(stopping, split)).toThrow(
    'models[0].params.early_stopping: ndcg@10 needs validation items of users who are trained on. ' +
      'Choose another validation part, or give early_stopping the value off.',
  )
  expect(() => check({ early_stopping: 'off' }, split)).not.toThrow()
  expect(() => check(stopping, { ...split, validation: { strategy: 'leave-last-out', count: 1 } })).not.toThrow()
})
