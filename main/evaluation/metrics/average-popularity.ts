import { meanOverListed, type OverallMetric } from '../metric'

export const averagePopularity: OverallMetric = {
  id: 'average-popularity',
  kind: 'overall',
  name: 'Average popularity',
  formula: 'mean over listed training items of the users who have the item in training',
  range: [0, Number.POSITIVE_INFINITY],
  direction: 'lower',
  meaning: 'How much lists lean towards what many users have already.',
  source:
    'Yin, Cui, Li, Yao and Chen 2012, Challenging the long tail recommendation; average recommendation popularity',
  value: (all, catalogue) => meanOverListed(all, catalogue, (item) => catalogue.users[item]),
}
