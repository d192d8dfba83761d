/** Ranking metrics of single users, the first that two runs share is taken. */
const ranking = ['ndcg', 'recall', 'precision', 'hit-rate', 'mrr', 'map']

type Metrics = Readonly<Record<string, number>>

/** The metric by which a user loses between two runs: ndcg@10, or another one of rankings that both have; null: none. */
export function losingKey(first: Metrics, second: Metrics): string | null {
  const shared = Object.keys(first).filter((key) => key in second)
  if (shared.includes('ndcg@10')) return 'ndcg@10'
  return ranking.flatMap((name) => shared.filter((key) => key.split('@')[0] === name))[0] ?? null
}
