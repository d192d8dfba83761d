import { test } from 'vitest'
import { models } from '../models/registry'
import { trainEvery } from './testing/every-model'

test(
  'every network trains on the sample and lists',
  () => trainEvery(models.filter(({ checkpoint }) => checkpoint)),
  600_000,
)
