import type { PlacingMetric } from '../metric'

export const logLoss: PlacingMetric = {
  id: 'log-loss',
  kind: 'placing',
  needsLogits: true,
  name: 'Log loss',
  formula: 'mean over candidates of -ln p for relevant items and -ln(1 - p) for others; p = 1 / (1 + e^-score)',
  range: [0, Number.POSITIVE_INFINITY],
  direction: 'lower',
  meaning: 'How far the probabilities of being chosen are off; only of models whose scores are such probabilities.',
  source: 'Good 1952, Rational decisions; logarithmic score',
  value: ({ loss }) => loss,
}
