import { test } from 'vitest'
import { expectAudiences } from './testing/cold-start'

const steps = { epochs: 20, batch_size: 32, learning_rate: 0.01, embedding_size: 16, dropout: 0.5 }

test('networks show a new item to those who like what it is, after opening again', { timeout: 600_000 }, () =>
  expectAudiences([
    { model: 'deepfm', params: steps },
    { model: 'two-tower', params: { ...steps, identity_dropout: 0.3 } },
    { model: 'transformer-mf', params: { ...steps, identity_dropout: 0.3 } },
  ]),
)
