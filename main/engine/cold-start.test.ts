import { test } from 'vitest'
import { expectAudiences } from './testing/cold-start'

test('a new item reaches those who like what it is, after opening again', () =>
  expectAudiences([{ model: 'content-knn' }, { model: 'fm' }].map((entry) => ({ ...entry, params: {} }))))
