import { expect, test } from 'vitest'
import type { ModelDescription } from '../../main/contract/parameters'
import { firstModels } from './first-models'

const model = (id: string, family: string) => ({ id, family }) as ModelDescription

test('one model of each of the first three families', () => {
  const models = [
    model('popularity', 'baseline'),
    model('bias', 'baseline'),
    model('item-knn', 'neighbours'),
    model('ials', 'factorisation'),
    model('sasrec', 'sequence'),
  ]
  expect(firstModels(models)).toEqual(['popularity', 'item-knn', 'ials'])
  expect(firstModels([])).toEqual([])
})
