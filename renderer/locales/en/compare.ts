export const compare = {
  compare: {
    title: 'Compare',
    emptyTitle: 'No finished runs on this dataset',
    emptyText: 'Train models first; the leaderboard fills as they finish.',
    emptyRunning_one: '{{count}} run is in training. It appears here once it is done.',
    emptyRunning_other: '{{count}} runs are in training. They appear here once they are done.',
    toTrain: 'Go to Train',
    group: 'Data and split',
    groupsNote_one:
      'There is {{count}} other group, on other data or judged otherwise: its numbers are not comparable.',
    groupsNote_other:
      'There are {{count}} other groups, on other data or judged otherwise: their numbers are not comparable.',
    groupLabel: '{{dataset}} · {{split}} · {{runs}} · {{hash}}',
    groupCandidates: { sampled: 'sampled candidates', file: 'candidates from a file' },
    runs_one: '{{count}} run',
    runs_other: '{{count}} runs',
    deletedDataset: 'deleted dataset',
    metric: 'Metric',
    cutoff: 'Cutoff k',
    tag: 'Tag',
    allTags: 'All tags',
    leaderboard: 'Leaderboard',
    run: 'Run',
    settings: 'Settings that differ',
    best: 'best',
    sampled: 'sampled candidates',
    sampledNote: 'Each user ranks a sample of {{count, number}} items: compare such numbers with each other only.',
    fileNote: 'Each user ranks the candidates given in a file.',
    judgedNote: 'Only {{users}} of them have a line in the candidates file and are judged.',
    knownNote: 'Known items may be recommended again.',
    users: '{{users}} test users, {{interactions}} test interactions; users without test items do not count.',
    chart: '{{metric}} over k',
    chartOfBest: 'The best {{count, number}} of {{all, number}} runs.',
    k: 'k',
    lists: 'See the lists of {{name}}',
    delete: 'Delete {{name}}',
    definition: '{{name}} = {{formula}}. {{meaning}} Ties are broken by item id, ascending.',
    otherGroups: 'runs on other data',
  },
  metrics: {
    precision: {
      name: 'Precision',
      formula: 'hits / k',
      meaning: 'Share of the k places that hold a relevant item, averaged over users.',
    },
    recall: {
      name: 'Recall',
      formula: 'hits / R, where R is the number of the user’s test items',
      meaning: 'Share of the user’s test items that are among the first k, averaged over users.',
    },
    f1: {
      name: 'F1',
      formula: '2 × precision × recall / (precision + recall), 0 where both are 0',
      meaning: 'Harmonic mean of precision and recall of one user, averaged over users.',
    },
    'hit-rate': {
      name: 'Hit rate',
      formula: '1 where hits > 0, 0 otherwise',
      meaning: 'Share of users with at least one relevant item among the first k.',
    },
    ndcg: {
      name: 'NDCG',
      formula: 'sum of 1 / log2(rank + 1) over hits, divided by the same sum over ranks 1 to min(R, k)',
      meaning: 'Hits count more the higher they stand; 1 where no order could be better.',
    },
    map: {
      name: 'MAP',
      formula: 'sum of precision@rank over the ranks of hits, divided by min(R, k)',
      meaning: 'Precision averaged over the places where relevant items stand.',
    },
    mrr: {
      name: 'MRR',
      formula: '1 / rank of the first hit, 0 where there is none among the first k',
      meaning: 'How far up the first relevant item stands, averaged over users.',
    },
    coverage: {
      name: 'Coverage',
      formula: 'distinct items in all lists cut at k / items with at least one training interaction',
      meaning: 'Share of the training catalogue that is recommended to anybody.',
    },
    gini: {
      name: 'Gini',
      formula:
        'sum of (2i - n - 1) x c_i / (n x sum of c_i); c_i: how often the i-th of the n training items is listed, ascending',
      meaning:
        'How unequally the training items are recommended: 0 where each one as often, near 1 where always the same few.',
    },
    entropy: {
      name: 'Entropy',
      formula: 'sum of -p x log2(p) over listed training items; p: share of all list places that the item has',
      meaning:
        'How evenly list places are spread over items, in bits: that of 2 to this number of items listed equally often.',
    },
    'average-popularity': {
      name: 'Average popularity',
      formula: 'mean over listed training items of the users who have the item in training',
      meaning: 'How much lists lean towards what many users have already.',
    },
    novelty: {
      name: 'Novelty',
      formula: 'mean over listed training items of -log2(users who have the item in training / users in training)',
      meaning: 'How surprising the listed items are, in bits: 1 for what half of the users have.',
    },
    rmse: {
      name: 'RMSE',
      formula: 'square root of the mean of (expected rating − rating)² over the test interactions',
      meaning: 'How far expected ratings are off, large errors counting more; 0 where all are right.',
    },
    mae: {
      name: 'MAE',
      formula: 'mean of |expected rating − rating| over the test interactions',
      meaning: 'How far expected ratings are off on average; 0 where all are right.',
    },
    accuracy: {
      name: 'Accuracy',
      formula:
        'share of test interactions whose expected rating, rounded to the nearest rating of training, is the rating',
      meaning: 'How often the rounded expected rating is exactly right.',
    },
  },
}
