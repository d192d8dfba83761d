import type { Work } from './work'

const surprise = { library: 'Surprise', script: 'peer_surprise.py' }

export const ratingWorks: Work[] = [
  {
    name: 'SVD of ratings, 100 components, 20 epochs',
    data: ['ml-100k'],
    model: 'funk-svd',
    params: { embedding_size: 100, epochs: 20, learning_rate: 0.005, regularization: 0.02 },
    judged: 'ratings',
    peers: [{ ...surprise, function: 'svd', settings: { n_factors: 100, n_epochs: 20, lr_all: 0.005, reg_all: 0.02 } }],
  },
  {
    name: 'k-NN of ratings with baselines, 40 neighbours',
    data: ['ml-100k'],
    model: 'user-knn',
    params: {
      neighbors: 40,
      similarity: 'mean-squared-difference',
      shrinkage: 0,
      rating_prediction: 'baseline',
    },
    judged: 'ratings',
    peers: [{ ...surprise, function: 'knn_baseline', settings: { k: 40 } }],
  },
]
