export const definitions = {
  definitions: {
    title: 'Definitions',
    note: 'Stored lists judged as another library would; nothing is trained again.',
    profile: 'Whose definitions hold',
    profiles: {
      topn: 'TopN',
      recbole: 'RecBole',
      lenskit: 'LensKit',
      rectools: 'RecTools',
      'trec-eval': 'ranx, trec_eval',
      implicit: 'implicit',
      elliot: 'Elliot',
    },
    same_one: 'With {{count}} run there is no order to change; see what becomes of its numbers.',
    same_other:
      'Under {{profile}} the order of the {{count, number}} runs stays the same in every metric at k = {{k}}.',
    changes: 'Under {{profile}} the order of the runs changes in {{metrics}}.',
    missing: '{{profile}} has no {{metric}} of its own. Choose another metric above.',
    ranks: 'Ranks under both definitions',
    rank: 'Rank, {{profile}}',
    change: 'Places gained',
    formulaTable: 'Formulas',
    formula: 'Formula of {{profile}}',
    sameFormula: 'the same',
    formulas: {
      'hits-by-k': 'hits / k',
      'hits-by-length': 'hits / length of the list, k at most; users with an empty list are left out',
      'hits-by-relevant': 'hits / R',
      'hits-by-possible': 'hits / min(R, k)',
      'all-hits-by-all-possible': 'hits of all users / min(R, k) of all users',
      'any-hit': '1 where hits > 0, 0 otherwise',
      'gain-by-possible': 'sum of 1 / log2(rank + 1) over hits, divided by the same sum over ranks 1 to min(R, k)',
      'gain-by-places': 'sum of 1 / log2(rank + 1) over hits, divided by the same sum over ranks 1 to k',
      'precisions-by-possible': 'sum of precision@rank over the ranks of hits, divided by min(R, k)',
      'precisions-by-relevant': 'sum of precision@rank over the ranks of hits, divided by R',
      'precisions-by-length':
        'sum of precision@rank over the ranks of hits, divided by min(R, length of the list, k); users with an empty list are left out',
      'precisions-of-all-places': 'mean of precision@rank over ranks 1 to k, hit or not',
      'reciprocal-rank': '1 / rank of the first hit, 0 where there is none among the first k',
    },
    remarks: {
      topn: 'TopN’s own definitions. Choose a library above to see what becomes of the numbers under its own.',
      recbole: 'RecBole 1.2.1 defines these metrics as TopN does.',
      lenskit: 'LensKit 2026.3.',
      rectools: 'RecTools 0.19.0, with its default divide_by_achievable = False of NDCG.',
      'trec-eval':
        'ranx 0.3.21 and pytrec_eval-terrier 0.5.11. A user without any list counts as 0, as with trec_eval -c and the make_comparable of ranx.',
      implicit:
        'implicit 0.7.3. Its precision is one fraction of sums over all users; it has no recall, hit rate or MRR.',
      elliot: 'Elliot 0.3.1. Its NDCG takes gains from ratings above a threshold, which lists do not say.',
    },
  },
}
