import { expect, test } from 'vitest'
import type { JobRecord } from '../contract/records'
import { noProgress } from '../training/progress'
import { progressLine } from './engine'

test('the line of progress says where training is, what was reported last, and how fast it is', () => {
  const pace = { learningRate: 0.1, examplesPerSecond: 1234.4, memoryBytes: 1 }
  const progress = { ...noProgress, phase: 'fit', fraction: 0.25, epoch: 3, epochs: 12, secondsLeft: 7.2, pace }
  const job = { title: 'gmf-1', kind: 'train', state: 'running', progress } as JobRecord
  expect(progressLine(job, { loss: 0.5, 'ndcg@10': 0.12345 })).toBe(
    'gmf-1: fit 25 %, epoch 3 of 12, loss 0.5000, ndcg@10 0.1235, 1234 examples/s, 8 s left',
  )
})
