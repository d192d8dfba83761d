import { expect, test } from 'vitest'
import type { RunRecord } from '../../main/contract/records'
import { boardCsv } from './board-csv'

test('all digits of every metric, empty where a run has none, and names that are no formulas', async () => {
  const shared = { model: 'ials', state: 'done', tags: ['a', 'b'], prepared: 'p', seed: 1, params: { alpha: 2 } }
  const runs = [
    { ...shared, id: 'r1', name: '=1+1', fitSeconds: 0.5, metrics: { 'ndcg@10': 0.123456789012 } },
    { ...shared, id: 'r2', name: 'two', fitSeconds: null, metrics: { rmse: 1 } },
  ] as unknown as RunRecord[]
  const [header, first, second] = (await boardCsv(runs).text()).replace('\ufeff', '').split('\r\n')
  expect(header).toBe('id,name,model,state,tags,prepared,seed,params,fit_seconds,ndcg@10,rmse')
  expect(first).toBe(`r1,'=1+1,ials,done,a b,p,1,"{""alpha"":2}",0.5,0.123456789012,`)
  expect(second).toBe('r2,two,ials,done,a b,p,1,"{""alpha"":2}",,,1')
})
