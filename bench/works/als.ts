import type { Work } from './work'

/** implicit counts a choice `alpha` times in all, TopN 1 + alpha times. The same objective, solver and steps. */
const als = (size: number, epochs: number, data: string): Work => ({
  name: `ALS, ${size} components, ${epochs} epochs`,
  data: [data],
  model: 'ials',
  params: { embedding_size: size, epochs, alpha: 8, regularization: 50, regularization_exponent: 0 },
  judged: 'lists',
  peers: [
    {
      library: 'implicit',
      script: 'peer_implicit.py',
      function: 'als',
      settings: { factors: size, iterations: epochs, alpha: 9, regularization: 50 },
      blasThreads: 1,
    },
  ],
})

export const alsWorks = [
  als(64, 15, 'ml-1m'),
  als(128, 15, 'ml-1m'),
  als(64, 5, 'generated, 20 million'),
  als(128, 5, 'generated, 20 million'),
]
