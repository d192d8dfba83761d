import { test } from 'vitest'
import { models } from '../models/registry'
import { trainEvery } from './testing/every-model'

/** One network of each kind; `all-networks.long.ts` has them all. */
const networks = ['neumf', 'sasrec']

test(
  'every model trains on the sample and lists, those that learn ratings with their errors',
  () => trainEvery(models.filter(({ id, checkpoint }) => !checkpoint || networks.includes(id))),
  120_000,
)
