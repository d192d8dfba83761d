import type { PlacingMetric } from '../metric'

export const auc: PlacingMetric = {
  id: 'auc',
  kind: 'placing',
  needsLogits: false,
  name: 'AUC',
  formula:
    'pairs of a relevant item and another candidate with a lower score / all such pairs; equal scores count half',
  range: [0, 1],
  direction: 'higher',
  meaning:
    'Chance that a relevant item stands above another candidate, over all candidates; 0.5 is what chance reaches.',
  source: 'Rendle, Freudenthaler, Gantner and Schmidt-Thieme 2009, BPR; area under the ROC curve of each user',
  /** 0.5 where there are no others to tell apart. */
  value: ({ won, relevant, others }) => (others === 0 ? 0.5 : won / (relevant * others)),
}
