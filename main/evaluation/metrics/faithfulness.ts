import type { ExplainedMetric } from '../metric'

export const faithfulness: ExplainedMetric = {
  id: 'faithfulness',
  kind: 'explained',
  name: 'Faithfulness',
  formula:
    'share of a sample of 100 users for whose first item the score falls more without the strongest tenth of the evidence than without a random tenth of the history; equal falls count half',
  range: [0, 1],
  direction: 'higher',
  meaning: 'How often the named reasons are the ones that matter; 0.5 is what naming items at random reaches.',
  source:
    'Samek et al. 2017, Evaluating the visualization of what a deep neural network has learned; deletion of evidence',
}
