import { TopnError } from '../../contract/errors'
import { dotForm, scoreUsers } from '../factorisation/factors'
import type { Model, Scorer, Tensors } from '../model'
import { graphScorer, isGraph } from './graph-scorer'

/**
 * What another program made: lists, vectors of users and items, or a graph that scores users. It scores whom it has
 * something for and is judged like any model; it cannot be trained. Lists: user `u` has
 * `list_items[list_offsets[u] .. list_offsets[u + 1]]`.
 */
export const external: Model = {
  id: 'external',
  name: 'Made elsewhere',
  family: 'Made elsewhere',
  feedback: 'implicit',
  summary: 'Lists, vectors or a graph that another program made.',
  source: 'The files that were brought in',
  assumes: 'Assumes that it was made from the training part alone.',
  suits: 'For comparing with what was made elsewhere; it cannot be trained here.',
  presets: [],
  parameters: [],
  madeElsewhere: true,

  async fit() {
    const message = 'What was made elsewhere cannot be trained. Make it again where it was made.'
    throw new TopnError('BAD_REQUEST', message)
  },

  async score(fitted, train) {
    if (isGraph(fitted.tensors)) return graphScorer(fitted.tensors, train)
    return isLists(fitted.tensors) ? listScorer(fitted.tensors, train.items) : scoreUsers(fitted)
  },

  form: ({ tensors }) => (isLists(tensors) || isGraph(tensors) ? null : { users: dotForm(tensors) }),

  estimateBytes: () => 0,
  estimateWork: ({ users, items }) => ({ dense: users * items, sparse: 0 }),
}

/** A graph that another program made and that scores histories, whoever's they are. */
export const externalHistories: Model = {
  ...external,
  id: 'external-histories',
  summary: 'A graph that another program made and that scores histories.',
  score: ({ tensors }, train) => graphScorer(tensors, train),
  foldIn: ({ tensors }, histories) => graphScorer(tensors, histories),
}

const isLists = (tensors: Tensors) => 'list_items' in tensors

/** An item outside a user's list has no score. */
function listScorer({ list_offsets, list_items, list_scores }: Tensors, items: number): Scorer {
  const [offsets, listed, scores] = [list_offsets.data, list_items.data, list_scores.data]
  return {
    async score(users, into) {
      into.fill(Number.NaN, 0, users.length * items)
      users.forEach((user, row) => {
        for (let at = offsets[user] ?? 0; at < (offsets[user + 1] ?? 0); at++)
          into[row * items + listed[at]] = scores[at]
      })
    },
    close() {},
  }
}
