import type { Work } from './work'

const neighbours = (name: string, weighting: string): Work => ({
  name: `${name} neighbours, 100`,
  data: ['ml-1m', 'generated, 20 million'],
  model: 'item-knn',
  params: { neighbors: 100, weighting, shrinkage: 0 },
  judged: 'lists',
  peers: [
    {
      library: 'implicit',
      script: 'peer_implicit.py',
      function: name === 'BM25' ? 'bm25' : 'cosine',
      // implicit counts an item among its own neighbours.
      settings: { K: 101 },
      blasThreads: 1,
    },
  ],
})

export const neighbourWorks = [neighbours('cosine', 'none'), neighbours('BM25', 'bm25')]
