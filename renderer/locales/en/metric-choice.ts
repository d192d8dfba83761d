export const metricChoice = {
  metricChoice: {
    title_one: 'Metrics: {{count, number}} of {{all, number}}',
    title_other: 'Metrics: {{count, number}} of {{all, number}}',
    usual: 'The usual ones',
    groups: {
      lists: 'Of single lists',
      candidates: 'Of all candidates, without a cutoff',
      beyond: 'Beyond accuracy',
      ratings: 'Of expected ratings, without a cutoff',
    },
    attribute: 'Diversity and miscalibration by',
    attributeHelp: 'An attribute of items: its categories, or its vectors.',
    noAttribute: 'The items have no attribute with categories or vectors, so these two are left out.',
    automatic: 'the first one: {{name}}',
    leftOut: 'Left out: {{metrics}}.',
    reasons: {
      'no-rater': '{{name}} (the model expects no ratings)',
      'same-ratings': '{{name}} (all training ratings are the same)',
      'no-grades': '{{name}} (all test ratings are the same)',
      'no-attribute': '{{name}} (the items have no attribute with categories or vectors)',
      'no-categories': '{{name}} (the attribute of the items holds vectors, not categories)',
      'no-probabilities': '{{name}} (the scores of the model are no probabilities)',
      'no-reasons': '{{name}} (the model names nothing of the history)',
    },
  },
}
