import type { NamedArrays } from '../../compute/tensorflow/tensorflow'
import type { Interactions } from '../model'
import type { Random } from '../random'
import { type BinaryRows, presence } from '../sparse'

/** Examples of models that judge single pairs: each choice once, and beside it items that its user has not chosen. */
export interface Pairs {
  readonly histories: BinaryRows
  /** The user of each choice. */
  readonly users: Uint32Array
  /** Items that anyone has chosen. */
  readonly items: Uint32Array
}

export function pairsToLearn(train: Interactions): Pairs {
  const histories = presence(train)
  const users = new Uint32Array(histories.indices.length)
  for (let user = 0; user < train.users; user++) users.fill(user, histories.offsets[user], histories.offsets[user + 1])
  const items = Uint32Array.from(new Set(histories.indices)).sort()
  return { histories, users, items }
}

/** `users`, `items` and `labels`: the chosen items, then for each as many drawn ones as `negatives` says. */
export function pairBatch(pairs: Pairs, examples: Uint32Array, negatives: number, random: Random): NamedArrays {
  const { histories, users } = pairs
  const size = examples.length * (1 + negatives)
  const [ofUsers, ofItems, labels] = [new Int32Array(size), new Int32Array(size), new Float32Array(size)]
  examples.forEach((example, at) => {
    for (let draw = 0; draw <= negatives; draw++) {
      const place = draw * examples.length + at
      ofUsers[place] = users[example]
      ofItems[place] = draw === 0 ? histories.indices[example] : unchosen(pairs, users[example], random)
      labels[place] = draw === 0 ? 1 : 0
    }
  })
  return {
    users: { shape: [size], data: ofUsers },
    items: { shape: [size], data: ofItems },
    labels: { shape: [size], data: labels },
  }
}

/**
 * An item drawn uniformly of those that others but not the user have chosen; after some tries any, for who has chosen
 * nearly all.
 */
export function unchosen({ histories, items }: Pairs, user: number, random: Random): number {
  let item = items[random.integer(items.length)]
  for (let tries = 0; tries < 50 && isChosen(histories, user, item); tries++) item = items[random.integer(items.length)]
  return item
}

function isChosen({ offsets, indices }: BinaryRows, user: number, item: number): boolean {
  let [low, high] = [offsets[user], offsets[user + 1]]
  while (low < high) {
    const middle = (low + high) >> 1
    if (indices[middle] < item) low = middle + 1
    else high = middle
  }
  return low < offsets[user + 1] && indices[low] === item
}
