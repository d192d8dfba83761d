import { expect, test } from 'vitest'
import type { SelectionRecord } from '../../main/contract/selections'
import { selectionInForce, selectionsOf } from './selections'
import { byId } from './workbench'

const selection = (id: string, datasetId: string) => ({ id, datasetId, createdAt: id }) as SelectionRecord
const selections = byId([selection('a', 'films'), selection('b', 'songs'), selection('c', 'films')])

test('a selection is in force only with its own dataset, and only while it exists', () => {
  const chosen = { selections, selectionInForce: 'a', datasetInForce: 'films' }
  expect(selectionInForce(chosen)?.id).toBe('a')
  expect(selectionInForce({ ...chosen, datasetInForce: 'songs' })).toBe(null)
  expect(selectionInForce({ ...chosen, selections: byId([selection('b', 'films')]) })).toBe(null)
  expect(selectionInForce({ ...chosen, selectionInForce: null })).toBe(null)
})

test('a dataset has its own selections, the newest first', () => {
  expect(selectionsOf({ selections }, 'films').map(({ id }) => id)).toEqual(['c', 'a'])
  expect(selectionsOf({ selections }, null)).toEqual([])
})
