import { catalogueSize, type OverallMetric } from '../metric'

export const coverage: OverallMetric = {
  id: 'coverage',
  kind: 'overall',
  name: 'Coverage',
  formula: 'distinct items in all lists cut at k / items with at least one training interaction',
  range: [0, 1],
  direction: 'higher',
  meaning: 'Share of the training catalogue that is recommended to anybody.',
  source: 'Ge, Delgado-Battenfeld and Jannach 2010, Beyond accuracy; catalogue coverage',
  value({ times }, catalogue) {
    const listed = times.reduce((count, n, item) => count + (n > 0 && catalogue.users[item] > 0 ? 1 : 0), 0)
    return listed / catalogueSize(catalogue)
  },
}
