import { describe, expect, test } from 'vitest'
import type { CleanStep } from '../../contract/clean'
import { createRandom } from '../../models/random'
import type { Row } from '../testing/interactions'
import { films, rated, recipeRunner, timed } from './testing/run-recipe'

const cleaned = recipeRunner()

describe('a step that needs what the data lacks is refused with its place', () => {
  const bare: Row[] = [{ user: 'a', item: 'x' }]
  test.each<[CleanStep, string]>([
    [{ step: 'rating-filter', min: 4 }, 'needs ratings'],
    [{ step: 'rating-map', map: 'ln' }, 'needs ratings'],
    [{ step: 'duplicates', keep: 'mean' }, 'needs ratings'],
    [{ step: 'noise', epsilon: 1, sensitivity: 1, seed: 1 }, 'needs ratings'],
    [{ step: 'date-range', from: 0 }, 'needs timestamps'],
    [{ step: 'user-outliers', per_minute: 9 }, 'needs timestamps'],
    [{ step: 'coarsen-time', to: 'day' }, 'needs timestamps'],
    [{ step: 'event-weights', weights: {} }, 'needs an event column'],
    [{ step: 'attribute-filter', of: 'users', name: 'age', from: 1, keep: true }, 'needs the attribute age'],
    [{ step: 'drop-columns', columns: [], items: ['genres'], users: [] }, 'names the attribute genres'],
  ])('%j', async (step, reason) => {
    const refused = cleaned(bare, [{ step: 'duplicates', keep: 'last' }, step])
    await expect(refused).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      data: { field: 'clean[1]' },
      message: expect.stringContaining(reason),
    })
  })

  test('also where nothing is left', async () => {
    const ofAge: CleanStep = { step: 'attribute-filter', of: 'users', name: 'age', from: 1, keep: true }
    const nothing = cleaned([{ user: 'a', item: 'x', rating: 1 }], [{ step: 'rating-filter', min: 2 }, ofAge])
    await expect(nothing).rejects.toMatchObject({ code: 'BAD_REQUEST', data: { field: 'clean[1]' } })
  })

  test('what an earlier step has dropped is gone', async () => {
    const dropped: CleanStep = { step: 'drop-columns', columns: ['rating'], items: ['genres'], users: [] }
    const ofGenre: CleanStep = { step: 'attribute-filter', of: 'items', name: 'genres', values: ['War'], keep: true }
    const rows = [{ user: 'a', item: 'x', rating: 1 }]
    const then = (step: CleanStep) => cleaned(rows, [dropped, step], { items: films })
    await expect(then({ step: 'rating-filter', min: 1 })).rejects.toThrow('clean[1]: the rating-filter step needs')
    await expect(then(ofGenre)).rejects.toThrow('items do not have here; they have year, seen, tags.')
    expect((await cleaned(rows, [ofGenre, dropped], { items: films })).ratings).toEqual([null])
  })
})

test.each<[{ min?: number; max?: number }, number[]]>([
  [{ min: 4 }, [3, 4]],
  [{ max: 2 }, [0, 1]],
  [{ min: 2, max: 3 }, [1, 2]],
  [{ min: 0.1 + 0.2 }, [0, 1, 2, 3, 4]],
  [{}, [0, 1, 2, 3, 4, 5]],
])('rating filter %o keeps both bounds, and no row without a rating', async (bounds, left) => {
  expect((await cleaned(rated(1, 2, 3, 4, 5, undefined), [{ step: 'rating-filter', ...bounds }])).rows).toEqual(left)
})

describe('duplicates', () => {
  const rows: Row[] = [
    { user: 'a', item: 'x', rating: 3, timestamp: 20 },
    { user: 'a', item: 'x', rating: 0.1, timestamp: 10 },
    { user: 'a', item: 'x', rating: 0.2, timestamp: 20 },
    { user: 'a', item: 'y', rating: 4, timestamp: 10 },
    { user: 'b', item: 'x', timestamp: 10 },
    { user: 'b', item: 'x', rating: 5 },
  ]
  test.each<['first' | 'last' | 'max' | 'min' | 'mean' | 'sum', number[], (number | null)[]]>([
    ['first', [1, 3, 4], [0.1, 4, null]],
    ['last', [2, 3, 4], [0.2, 4, null]],
    ['max', [0, 3, 5], [3, 4, 5]],
    ['min', [1, 3, 5], [0.1, 4, 5]],
    ['mean', [2, 3, 4], [(3 + 0.1 + 0.2) / 3, 4, 5]],
    ['sum', [2, 3, 4], [3 + 0.1 + 0.2, 4, 5]],
  ])('%s', async (keep, left, ratings) => {
    const found = await cleaned(rows, [{ step: 'duplicates', keep }])
    expect(found.rows).toEqual(left)
    expect(found.ratings).toEqual(ratings)
  })
  test('go by place alone where there are no times', async () => {
    const timeless = rows.slice(0, 4).map(({ timestamp: _, ...row }) => row)
    expect((await cleaned(timeless, [{ step: 'duplicates', keep: 'first' }])).rows).toEqual([0, 3])
    expect((await cleaned(timeless, [{ step: 'duplicates', keep: 'last' }])).rows).toEqual([2, 3])
  })
})

test.each<[{ from?: number | string; to?: number | string }, number[]]>([
  [{ from: 86_400 }, [1, 2, 3]],
  [{ from: 86_400.5, to: 172_800 }, [2, 3]],
  [{ to: '1970-01-02' }, [0, 1, 2]],
  [{ from: '1970-01-02T12:00:00Z', to: '1970-01-03T00:00:00Z' }, [2, 3]],
  [{}, [0, 1, 2, 3]],
])('date range %j: both ends belong to it, a date is all of its day', async (range, left) => {
  const rows = timed('a', 0, 86_400, 172_799.5, 172_800)
  const found = await cleaned(
    [...rows, ...(Object.keys(range).length > 0 ? [{ user: 'a', item: 'b' }] : [])],
    [{ step: 'date-range', ...range }],
  )
  expect(found.rows).toEqual(left)
})

describe('outliers', () => {
  const rows = [...timed('slow', 0, 60, 120), ...timed('quick', 5, 64.9, 70), ...timed('still', 1)]
  test.each<[{ more_than?: number; per_minute?: number }, number[]]>([
    [{ more_than: 2 }, [6]],
    [{ more_than: 3 }, [0, 1, 2, 3, 4, 5, 6]],
    [{ per_minute: 1 }, [0, 1, 2, 6]],
    [{ per_minute: 2 }, [0, 1, 2, 3, 4, 5, 6]],
    [{ more_than: 2, per_minute: 1 }, [6]],
  ])('users with %j', async (bounds, left) => {
    expect((await cleaned(rows, [{ step: 'user-outliers', ...bounds }])).rows).toEqual(left)
  })
  test('items likewise', async () => {
    const turned = rows.map(({ user, item, ...rest }) => ({ user: item, item: user, ...rest }))
    expect((await cleaned(turned, [{ step: 'item-outliers', per_minute: 1 }])).rows).toEqual([0, 1, 2, 6])
  })
})

describe('k-core', () => {
  test('goes on until it is stable: a chain falls from its end', async () => {
    const pairs = ['ax', 'ay', 'bx', 'by', 'cy', 'cz', 'dz']
    const rows = pairs.map(([user, item]) => ({ user, item }))
    expect((await cleaned(rows, [{ step: 'k-core', user: 2, item: 2 }])).rows).toEqual([0, 1, 2, 3])
    expect((await cleaned(rows, [{ step: 'k-core', user: 1, item: 3 }])).rows).toEqual([1, 3, 4])
    expect((await cleaned(rows, [{ step: 'k-core', user: 2, item: 1 }])).rows).toEqual([0, 1, 2, 3, 4, 5])
  })

  test.each([1, 2, 3, 4, 5])('equals the textbook algorithm on random data, seed %i', async (seed) => {
    const random = createRandom(seed)
    const rows = Array.from({ length: 400 }, () => ({ user: `u${random.integer(60)}`, item: `i${random.integer(90)}` }))
    const [user, item] = [2 + random.integer(5), 2 + random.integer(5)]
    expect((await cleaned(rows, [{ step: 'k-core', user, item }])).rows).toEqual(naiveCore(rows, user, item))
  })
})

/** Takes one row of a user or item with too few away at a time; the core does not depend on the order. */
function naiveCore(rows: Row[], user: number, item: number): number[] {
  let left = rows.map((_, at) => at)
  for (;;) {
    const tooFew = left.find(
      (at) =>
        left.filter((other) => rows[other].user === rows[at].user).length < user ||
        left.filter((other) => rows[other].item === rows[at].item).length < item,
    )
    if (tooFew === undefined) return left
    left = left.filter((at) => at !== tooFew)
  }
}

test('a sample of users keeps all of theirs, grows with its size, and turns with its seed', async () => {
  const rows = Array.from({ length: 600 }, (_, at) => ({ user: `u${at % 200}`, item: `i${at}` }))
  const usersOf = async (step: object) => {
    const found = await cleaned(rows, [{ step: 'sample-users', seed: 42, ...step }])
    expect(found.rows.length).toBe(3 * (found.steps[0].after.users ?? 0))
    return new Set(found.rows.map((row) => rows[row].user))
  }
  const [few, some, share, other] = [
    await usersOf({ count: 20 }),
    await usersOf({ count: 50 }),
    await usersOf({ share: 0.25 }),
    await usersOf({ count: 50, seed: 43 }),
  ]
  expect([few.size, some.size, (await usersOf({ share: 0.0001 })).size]).toEqual([20, 50, 1])
  expect([...few].every((user) => some.has(user))).toBe(true)
  expect(share).toEqual(some)
  expect(other).not.toEqual(some)
})

test.each<[object, number[]]>([
  [{ name: 'genres', values: ['War'], keep: true }, [0]],
  [{ name: 'genres', values: ['War', 'Comedy'], keep: true }, [0, 1]],
  [{ name: 'genres', values: ["Dra'ma"], keep: true }, []],
  [{ name: 'genres', values: ['War'], keep: false }, [1, 2]],
  [{ name: 'year', from: 1995, to: 2000, keep: true }, [0]],
  [{ name: 'year', from: 2005.5, keep: false }, [0, 2]],
  [{ name: 'seen', from: 981_158_400, to: 981_158_400, keep: true }, [0]],
  [{ name: 'seen', from: 0, keep: false }, [1, 2]],
  [{ name: 'tags', values: ['sad|slow'], keep: true }, [0]],
  [{ name: 'tags', values: ['slow', '[]'], keep: true }, []],
])('attribute filter %j', async (condition, left) => {
  const rows = ['x', 'y', 'z'].map((item) => ({ user: 'a', item }))
  const step = { step: 'attribute-filter', of: 'items', ...condition } as CleanStep
  expect((await cleaned(rows, [step], { items: films })).rows).toEqual(left)
})

test('steps run in the order of the recipe and are counted one by one', async () => {
  const rows: Row[] = [
    { user: 'a', item: 'x', rating: 5, timestamp: 1 },
    { user: 'a', item: 'x', rating: 1, timestamp: 2 },
    { user: 'a', item: 'y', rating: 5, timestamp: 3 },
    { user: 'b', item: 'y', rating: 5, timestamp: 4 },
  ]
  const filter: CleanStep = { step: 'rating-filter', min: 4 }
  const duplicates: CleanStep = { step: 'duplicates', keep: 'last' }
  expect((await cleaned(rows, [filter, duplicates])).rows).toEqual([0, 2, 3])
  const filteredLast = await cleaned(rows, [duplicates, filter])
  expect(filteredLast.rows).toEqual([2, 3])
  expect(filteredLast.steps).toEqual([
    { step: duplicates, after: { interactions: 3, users: 2, items: 2 } },
    { step: filter, after: { interactions: 2, users: 2, items: 1 } },
  ])
})
