import { TopnError } from '../contract/errors'
import { knownParts, type PreparedData } from '../data/prepared'
import type { Interactions } from '../models/model'
import type { Random } from '../models/random'
import { trainingCatalogue } from './recommend'

/** What is judged: lists of users, each with its relevant items and, where not all items compete, its candidates. */
export interface TestCases {
  /** The user of each case; with given candidates a user may have several. */
  readonly users: Uint32Array
  /** Number of items of the data. */
  readonly items: number
  /** Each item once. */
  relevantOf(row: number): Uint32Array
  /** Each item once; none where all items of full ranking compete. */
  candidatesOf(row: number): Iterable<number>
}

/** Each user with test items once; the candidates are not listed one by one. */
export function allCases(test: Interactions): TestCases {
  const users = Uint32Array.from({ length: test.users }, (_, user) => user).filter(
    (user) => test.offsets[user + 1] > test.offsets[user],
  )
  const itemsOf = distinctItems(test)
  return { users, items: test.items, relevantOf: (row) => itemsOf(users[row]), candidatesOf: () => [] }
}

/** The items of a user, each once; where nothing repeats, as nearly everywhere, nothing is copied. */
function distinctItems({ users, items, offsets, itemIndices }: Interactions): (user: number) => Uint32Array {
  const lastUser = new Uint32Array(items)
  const repeats = new Set<number>()
  for (let user = 0; user < users; user++) {
    for (let at = offsets[user]; at < offsets[user + 1]; at++) {
      if (lastUser[itemIndices[at]] === user + 1) repeats.add(user)
      lastUser[itemIndices[at]] = user + 1
    }
  }
  return (user) => {
    const own = itemIndices.subarray(offsets[user], offsets[user + 1])
    return repeats.has(user) ? Uint32Array.from(new Set(own)) : own
  }
}

/**
 * The cases of a candidates file. Of each the relevant items are the user's test items among its candidates; with one
 * test item a line, as in the NCF layout, that is the line's own item.
 */
export function givenCases({ candidates, test, userIds }: PreparedData): TestCases {
  if (!candidates) throw new TopnError('INTERNAL', 'The prepared data lacks the candidates of its evaluation.')
  const { users, offsets, items } = candidates
  const candidatesOf = (row: number) => items.subarray(offsets[row], offsets[row + 1])
  const testItems = distinctItems(test)
  return {
    users,
    items: test.items,
    candidatesOf,
    relevantOf(row) {
      const held = new Set(testItems(users[row]))
      const relevant = candidatesOf(row).filter((item) => held.has(item))
      if (relevant.length > 0) return relevant
      const user = userIds[users[row]]
      throw new TopnError('BAD_DATA', `The candidates of user ${user} hold none of the user's test items.`, { user })
    },
  }
}

/**
 * `all` cases with `count` items beside the relevant ones, drawn uniformly without replacement from the training
 * catalogue without the user's own items. Krichene and Rendle (2022) show that such metrics can reverse an order.
 */
export function sampledCases(prepared: PreparedData, all: TestCases, count: number, random: Random): TestCases {
  const catalogue = trainingCatalogue(prepared.train)
  const pool = Uint32Array.from(catalogue.keys()).filter((item) => catalogue[item] === 1)
  function candidatesOf(row: number): Set<number> {
    const user = all.users[row]
    const own = ownItems(prepared, user)
    const free = pool.length - [...own].filter((item) => catalogue[item] === 1).length
    const drawn = drawOthers(pool, own, Math.min(count, free), random.derive(`candidates of ${user}`))
    return new Set([...all.relevantOf(row), ...drawn])
  }
  return { ...all, candidatesOf }
}

function ownItems(prepared: PreparedData, user: number): Set<number> {
  const own = new Set<number>()
  for (const part of [...knownParts(prepared), prepared.test]) {
    for (let at = part.offsets[user]; at < part.offsets[user + 1]; at++) own.add(part.itemIndices[at])
  }
  return own
}

function drawOthers(pool: Uint32Array, own: ReadonlySet<number>, count: number, random: Random): Set<number> {
  const drawn = new Set<number>()
  // Where most of the pool is wanted, drawing until enough are found would take long.
  if (count * 2 > pool.length - own.size) {
    const free = pool.filter((item) => !own.has(item))
    for (let at = 0; at < count; at++) {
      const other = at + random.integer(free.length - at)
      ;[free[at], free[other]] = [free[other], free[at]]
      drawn.add(free[at])
    }
    return drawn
  }
  while (drawn.size < count) {
    const item = pool[random.integer(pool.length)]
    if (!own.has(item)) drawn.add(item)
  }
  return drawn
}
