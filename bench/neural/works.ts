import type { Parameters } from '../../main/models/model'

/** A model at the size at which its steps are measured. */
export interface NeuralWork {
  name: string
  model: string
  params: Parameters
}

const plain = { dropout: 0, weight_decay: 0, gradient_clip: 0, learning_rate: 0.001, epochs: 1 }
const sequences = { ...plain, embedding_size: 64, maximum_length: 50, batch_size: 128 }
const transformer = { ...sequences, layers: 2, heads: 2 }

export const neuralWorks: readonly NeuralWork[] = [
  {
    name: 'NeuMF, 20,480 rows',
    model: 'neumf',
    params: { ...plain, embedding_size: 32, hidden_size: 64, layers: 3, negatives: 4, batch_size: 4096 },
  },
  {
    name: 'SASRec, 128 x 50, 256 drawn items',
    model: 'sasrec',
    params: { ...transformer, loss: 'bce', negatives: 256 },
  },
  { name: 'SASRec, 128 x 50, full softmax', model: 'sasrec', params: { ...transformer, loss: 'cross-entropy' } },
  { name: 'GRU4Rec, 128 x 50, full softmax', model: 'gru4rec', params: { ...sequences, loss: 'cross-entropy' } },
  {
    name: 'Mult-VAE, 500 histories, 600 - 200 - 600',
    model: 'mult-vae',
    params: { ...plain, embedding_size: 200, hidden_size: 600, input_dropout: 0, batch_size: 500 },
  },
  {
    name: 'LightGCN, 3 layers, 2,048 pairs',
    model: 'lightgcn',
    params: { ...plain, embedding_size: 64, layers: 3, batch_size: 2048 },
  },
]
