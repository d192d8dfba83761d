import { meanOverListed, type OverallMetric } from '../metric'

export const novelty: OverallMetric = {
  id: 'novelty',
  kind: 'overall',
  name: 'Novelty',
  formula: 'mean over listed training items of -log2(users who have the item in training / users in training)',
  range: [0, Number.POSITIVE_INFINITY],
  direction: 'higher',
  meaning: 'How surprising the listed items are, in bits: 1 for what half of the users have.',
  source:
    'Zhou, Kuscsik, Liu, Medo, Wakeling and Zhang 2010, Solving the apparent diversity-accuracy dilemma; mean self-information',
  value: (all, catalogue) =>
    meanOverListed(all, catalogue, (item) => Math.log2(catalogue.allUsers / catalogue.users[item])),
}
