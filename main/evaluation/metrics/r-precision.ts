import type { PlacingMetric } from '../metric'

export const rPrecision: PlacingMetric = {
  id: 'r-precision',
  kind: 'placing',
  needsLogits: false,
  name: 'R-precision',
  formula: 'relevant items at ranks 1 to R / R',
  range: [0, 1],
  direction: 'higher',
  meaning: 'Precision and recall of the list that is as long as the user has relevant items.',
  source: 'Manning, Raghavan and Schütze 2008, Introduction to information retrieval, 8.4',
  value: ({ ranks, relevant }) => ranks.reduce((count, rank) => count + (rank <= relevant ? 1 : 0), 0) / relevant,
}
