import type { Work } from './work'

const rates = { learning_rate: 0.05, regularization: 0.005 }

/** An epoch is one pair for each interaction. implicit and Cornac draw the other item by popularity, TopN uniformly. */
const bpr = (size: number, epochs: number, data: string, isSmall: boolean): Work => ({
  name: `BPR, ${size} components, ${epochs} epochs`,
  data: [data],
  model: 'bpr',
  params: { embedding_size: size, epochs, ...rates },
  judged: 'lists',
  peers: [
    {
      library: 'implicit',
      script: 'peer_implicit.py',
      function: 'bpr',
      settings: { factors: size, iterations: epochs, ...rates },
      blasThreads: 1,
    },
    ...(isSmall
      ? [
          {
            library: 'Cornac',
            script: 'peer_cornac.py',
            function: 'bpr',
            settings: {
              k: size,
              max_iter: epochs,
              learning_rate: rates.learning_rate,
              lambda_reg: rates.regularization,
            },
          },
          {
            library: 'LightFM',
            script: 'peer_lightfm.py',
            function: 'bpr',
            settings: { no_components: size, epochs, learning_rate: rates.learning_rate },
          },
        ]
      : []),
  ],
})

export const bprWorks = [
  bpr(64, 20, 'ml-1m', true),
  bpr(128, 20, 'ml-1m', false),
  bpr(64, 5, 'generated, 20 million', false),
]
