import { hitsAt, type UserMetric } from '../metric'

export const cappedRecall: UserMetric = {
  id: 'capped-recall',
  kind: 'user',
  name: 'Capped recall',
  formula: 'hits / min(R, k)',
  range: [0, 1],
  direction: 'higher',
  meaning: 'Share of the relevant items that a list of k could hold at best, so that every user can reach 1.',
  source: 'Liang, Krishnan, Hoffman and Jebara 2018, Variational autoencoders for collaborative filtering',
  value: (list, k) => hitsAt(list, k) / Math.min(list.relevant, k),
}
