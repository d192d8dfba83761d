import { expect, test } from 'vitest'
import { TopnError } from '../contract/errors'
import type { DatasetRecord } from '../contract/records'
import type { Store } from '../store'
import { createPreparer } from './prepare'
import { workspaceFolders } from './workspace'

test('a run that waits for the preparation of another one can be paused, and the other goes on', async () => {
  let fail = (_error: Error) => {}
  const encoded = new Promise<never>((_, reject) => {
    fail = reject
  })
  encoded.catch(() => {})
  const store = { encode: () => encoded } as unknown as Store
  const preparer = createPreparer(store, workspaceFolders('/nowhere'), async () => {
    throw new Error('nothing is run')
  })
  const dataset = { id: 'a', hash: 'x', source: {} } as DatasetRecord
  const split = { strategy: 'random' as const, ratio: 0.2, per: 'user' as const }
  const request = { dataset, clean: [], split, seed: 1, candidatesFile: null }
  const contextOf = ({ signal }: AbortController) => ({ report() {}, signal })
  const first = preparer.prepare(request, contextOf(new AbortController()))
  const pause = new AbortController()
  const second = preparer.prepare(request, contextOf(pause))
  pause.abort(new TopnError('PAUSED', 'Paused.'))
  await expect(second).rejects.toMatchObject({ code: 'PAUSED' })
  fail(new Error('of the first alone'))
  await expect(first).rejects.toThrow('of the first alone')
}, 2000)
