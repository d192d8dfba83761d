export const metrics = {
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
    'capped-recall': {
      name: 'Capped recall',
      formula: 'hits / min(R, k)',
      meaning: 'Share of the relevant items that a list of k could hold at best, so that every user can reach 1.',
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
    'graded-ndcg': {
      name: 'Graded NDCG',
      formula:
        'sum of test rating / log2(rank + 1) over hits, divided by the highest such sum that any list of k could have',
      meaning: 'Hits count more the higher they stand and the higher the user rated them.',
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
    'r-precision': {
      name: 'R-precision',
      formula: 'relevant items at ranks 1 to R / R',
      meaning: 'Precision and recall of the list that is as long as the user has relevant items.',
    },
    auc: {
      name: 'AUC',
      formula:
        'pairs of a relevant item and another candidate with a lower score / all such pairs; equal scores count half',
      meaning:
        'Chance that a relevant item stands above another candidate, over all candidates; 0.5 is what chance reaches.',
    },
    'log-loss': {
      name: 'Log loss',
      formula: 'mean over candidates of -ln p for relevant items and -ln(1 - p) for others; p = 1 / (1 + e^-score)',
      meaning: 'How far the probabilities of being chosen are off; only of models whose scores are such probabilities.',
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
    personalisation: {
      name: 'Personalisation',
      formula: '1 - mean over all pairs of users of the items that both lists hold / k',
      meaning:
        'How different the lists of two users are: 0 where everybody gets the same, 1 where no two share an item.',
    },
    diversity: {
      name: 'Diversity',
      formula: '1 - mean over all pairs of listed items of the cosine of their features',
      meaning: 'How different the items of one list are, by the attribute of items that the evaluation names.',
    },
    serendipity: {
      name: 'Serendipity',
      formula: 'hits that are not among the k most popular items that the user could be given / k',
      meaning: 'Share of the k places that hold a relevant item which popularity would not have listed.',
    },
    calibration: {
      name: 'Miscalibration',
      formula:
        'sum of p × ln(p / (0.99 q + 0.01 p)) over categories; p, q: their shares of the items that the user knows, and of the list',
      meaning:
        'How far the mix of categories in the list is from that of the user’s own history; 0 where it is the same.',
    },
    faithfulness: {
      name: 'Faithfulness',
      formula:
        'share of a sample of 100 users for whose first item the score falls more without the strongest tenth of the evidence than without a random tenth of the history; equal falls count half',
      meaning: 'How often the named reasons are the ones that matter; 0.5 is what naming items at random reaches.',
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
