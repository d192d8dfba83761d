import { expect, test, vi } from 'vitest'
import { createCompute } from '../compute/create'
import { gmf } from '../models/neural/gmf'
import { fitModel, tastes } from '../models/testing'
import { followTraining, learnedOf } from './learned'

test('a training that nothing goes on from says how it ended, and no tensors are made for it', async () => {
  const compute = await createCompute({ threads: 1 })
  const { checkpoints, state } = followTraining()
  const asked = vi.fn()
  const watched = {
    ...checkpoints,
    save: (state: Parameters<typeof checkpoints.save>[0]) => checkpoints.save(state, asked),
  }
  expect(state()).toBeNull()
  const params = { epochs: 2, embedding_size: 4, batch_size: 128 }
  const fitted = await fitModel(gmf, tastes(20, 10, 4), compute, { params, checkpoints: watched })
  await compute.close()
  const ended = state()
  expect(ended && learnedOf(ended, fitted.params)).toEqual({ epochs: 2, bestEpoch: null, isStoppedEarly: false })
  expect(asked).not.toHaveBeenCalled()
})
