import { TopnError } from '../../contract/errors'
import { alikeExplainer } from '../history-explainer'
import type { Interactions, Model, Parameters } from '../model'
import { scoreAlike } from './alike'

/**
 * Most popular items first, the same for everyone. An interaction counts 1, or, where old ones count less, 1 within the
 * last `days` before the latest training interaction and 0 before, or 1/2 for each `days` that it is older than that.
 */
export const popularity: Model = {
  id: 'popularity',
  name: 'Popularity',
  family: 'Baselines',
  feedback: 'implicit',
  summary: 'Recommends the items with the most interactions to everyone.',
  source: 'score(u, i) = number of training interactions of i, old ones left out or counted less on request',
  assumes: 'Assumes that everyone wants what most want.',
  suits:
    'Hard to beat for new users and where few items make most of the traffic; it never surprises and serves no particular taste.',
  presets: [
    { id: 'all-time', name: 'All time', meaning: 'Every interaction counts alike.', params: {} },
    {
      id: 'recent',
      name: 'Recent',
      meaning: 'Only the last 30 days of the training data count.',
      params: { period: 'recent' },
    },
    {
      id: 'decayed',
      name: 'Decayed',
      meaning: 'An interaction counts half for each 30 days of its age.',
      params: { period: 'decayed' },
    },
  ],
  parameters: [
    {
      name: 'period',
      type: 'choice',
      default: 'all',
      choices: ['all', 'recent', 'decayed'],
      meaning: 'Which interactions count: all alike, recent ones only, or old ones less.',
    },
    {
      name: 'days',
      type: 'number',
      default: 30,
      minimum: 0.001,
      maximum: 100_000,
      scale: 'logarithmic',
      when: { period: ['recent', 'decayed'] },
      meaning: 'Length of the recent period, or the age at which an interaction counts half. Not used with all.',
    },
  ],

  async fit({ train, params, signal, report }) {
    signal.throwIfAborted()
    const weigh = weightOf(train, params)
    const counts = new Float64Array(train.items)
    const known = new Uint8Array(train.items)
    train.itemIndices.forEach((item, at) => {
      counts[item] += weigh(at)
      known[item] = 1
    })
    report({ phase: 'fit', fraction: 1 })
    const scores = Float32Array.from(counts, (count, item) => (known[item] ? count : Number.NaN))
    return { scores: { shape: [train.items], data: scores } }
  },

  score: async ({ tensors }, train) => scoreAlike(tensors.scores.data as Float32Array, train),
  foldIn: async ({ tensors }, histories) => scoreAlike(tensors.scores.data as Float32Array, histories),
  explain: async ({ tensors }) => alikeExplainer('everyone', (item) => tensors.scores.data[item]),

  form: ({ tensors }) => ({ histories: { kind: 'alike', scores: tensors.scores.data as Float32Array } }),

  estimateBytes: ({ items }) => 13 * items,
  estimateWork: ({ interactions }) => ({ dense: 0, sparse: interactions }),
}

const secondsOfDay = 86_400

/** What the interaction at a place counts. */
function weightOf({ timestamps }: Interactions, { period, days }: Parameters): (at: number) => number {
  if (period === 'all') return () => 1
  if (!timestamps) {
    const message = 'params.period: this data has no timestamps, so nothing is recent. Choose all.'
    throw new TopnError('BAD_REQUEST', message, { field: 'params.period' })
  }
  let latest = Number.NEGATIVE_INFINITY
  for (const time of timestamps) if (time > latest) latest = time
  const age = (at: number) => (latest - timestamps[at]) / secondsOfDay / Number(days)
  return period === 'recent' ? (at) => (age(at) <= 1 ? 1 : 0) : (at) => 0.5 ** age(at)
}
