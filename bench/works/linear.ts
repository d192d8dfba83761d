import type { Work } from './work'

const regularization = 200
const numpy = { script: 'peer_numpy.py', settings: { regularization } }
const components = 64
const epochs = 8

export const linearWorks: Work[] = [
  {
    name: 'EASE',
    data: ['ml-1m'],
    model: 'ease',
    params: { regularization },
    judged: 'lists',
    peers: [{ library: 'NumPy, float64 inverse', function: 'ease_inverse', ...numpy }],
  },
  {
    name: 'EASE',
    data: ['generated, 10,000 items'],
    model: 'ease',
    params: { regularization },
    judged: 'lists',
    peers: [{ library: 'SciPy, float32 Cholesky', function: 'ease_cholesky', ...numpy }],
  },
  {
    name: `truncated SVD, ${components} components`,
    data: ['ml-1m', 'generated, 20 million'],
    model: 'pure-svd',
    params: { embedding_size: components, epochs },
    judged: 'lists',
    peers: [
      // Two multiplications a round, and the same directions beside those that are wanted. Products with the sparse matrix
      // take one thread whatever is asked for, and a second one of linear algebra mostly waits, spinning.
      {
        library: 'scikit-learn, randomized_svd',
        script: 'peer_sklearn.py',
        function: 'randomised',
        settings: { n_components: components, n_iter: epochs, n_oversamples: 8 },
        blasThreads: 1,
      },
      {
        library: 'SciPy, svds',
        script: 'peer_numpy.py',
        function: 'lanczos',
        settings: { k: components },
        blasThreads: 1,
      },
    ],
  },
]
