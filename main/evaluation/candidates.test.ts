import { describe, expect, test } from 'vitest'
import type { PreparedData } from '../data/prepared'
import { interactionsOf, preparedOf } from '../data/testing/interactions'
import { createRandom } from '../models/random'
import { noItem } from './lists'
import { judge } from './testing/judge'

describe('given candidates', () => {
  /** Cases as [user, ...items]. */
  function given(prepared: PreparedData, cases: number[][]): PreparedData {
    const rows = interactionsOf(
      cases.map(([, ...items]) => items),
      prepared.train.items,
    )
    const users = Uint32Array.from(cases, ([user]) => user)
    return { ...prepared, candidates: { users, offsets: rows.offsets, items: rows.itemIndices } }
  }
  const candidates = { file: 'negatives' }
  const prepared = preparedOf({ train: [[0], [1], [2, 3, 4]], test: [[1], [0, 2], []] }, 6)

  test('ranks exactly these, seen or not, known to training or not', async () => {
    const cases = given(prepared, [[0, 1, 5, 0]])
    const { lists, metrics } = await judge(cases, [[3, 2, 9, 9, 9, 1], [], []], { candidates })
    expect([...lists.items.subarray(0, 4)]).toEqual([0, 1, 5, noItem])
    expect(metrics['mrr@10']).toBe(1 / 2)
    // Of the five items with training interactions two are listed; item 5 has none.
    expect(metrics['coverage@10']).toBe(2 / 5)
  })

  test('a user with several cases counts once, with the mean over them; users without are left out', async () => {
    const cases = given(prepared, [
      [1, 0, 3, 4],
      [1, 2, 3, 4],
      [0, 1, 3],
    ])
    const scores = [[0, 1, 0, 0, 0, 0], [9, 0, 5, 6, 7, 0], []]
    const { metrics, users, perUser, lists } = await judge(cases, scores, { candidates })
    // The stored list of user 1 ranks the candidates of both lines together: 0 4 3 2.
    expect([...lists.users]).toEqual([1, 0])
    expect([...lists.items.subarray(0, lists.k)]).toEqual([0, 4, 3, 2, noItem, noItem])
    expect([...users]).toEqual([0, 1])
    // User 1: rank 1 of 0 3 4, then rank 3 of 2 3 4; R = 1 in each.
    expect([...perUser['mrr@10']]).toEqual([1, (1 + 1 / 3) / 2])
    expect([...perUser['recall@1']]).toEqual([1, 1 / 2])
    expect(metrics['recall@1']).toBe(3 / 4)
  })

  test('several test items among the candidates of one case are all relevant', async () => {
    const { perUser } = await judge(given(prepared, [[1, 0, 2, 3]]), [[], [1, 0, 3, 2, 0, 0], []], { candidates })
    expect([...perUser['recall@1']]).toEqual([1 / 2])
    expect([...perUser['map@3']]).toEqual([(1 + 2 / 3) / 2])
  })

  test('a case without a test item is refused by its user', async () => {
    await expect(judge(given(prepared, [[0, 3, 4]]), [[], [], []], { candidates })).rejects.toMatchObject({
      code: 'BAD_DATA',
      data: { user: 'user-0' },
    })
  })
})

describe('sampled candidates', () => {
  const items = 60
  /** Everybody has item 0 seen, item 1 for validation and two test items; items from 50 are in nobody's training. */
  const prepared = preparedOf(
    {
      train: [...Array.from({ length: 200 }, () => [0]), Array.from({ length: 50 }, (_, item) => item)],
      validation: Array.from({ length: 201 }, () => [1]),
      test: [...Array.from({ length: 200 }, () => [2, 55]), []],
    },
    items,
  )
  const flat = Array.from({ length: 201 }, () => new Array<number>(items).fill(1))
  const drawn = async (sampled: number, seed = 1) => {
    const { lists } = await judge(
      prepared,
      flat,
      { candidates: { sampled }, cutoffs: [items] },
      { random: createRandom(seed) },
    )
    return Array.from(lists.users, (_, row) =>
      [...lists.items.subarray(row * items, (row + 1) * items)].filter((item) => item !== noItem),
    )
  }

  for (const count of [5, 40]) {
    test(`${count} distinct items that are not the user's own, beside the test items`, async () => {
      for (const list of await drawn(count)) {
        expect(list.length).toBe(count + 2)
        expect(new Set(list).size).toBe(list.length)
        expect(list).toEqual(expect.arrayContaining([2, 55]))
        const negatives = list.filter((item) => item !== 2 && item !== 55)
        expect(negatives.every((item) => item >= 3 && item < 50)).toBe(true)
      }
    })

    test(`${count} items: each is as likely as another`, async () => {
      const counts = new Uint32Array(items)
      for (const list of await drawn(count)) for (const item of list) counts[item]++
      const share = count / 47
      const deviation = Math.sqrt(200 * share * (1 - share))
      for (let item = 3; item < 50; item++) expect(Math.abs(counts[item] - 200 * share)).toBeLessThan(4.5 * deviation)
    })
  }

  test('all that there are, where fewer exist than are asked for', async () => {
    const expected = [...Array.from({ length: 48 }, (_, at) => at + 2), 55]
    expect((await drawn(1000))[0]).toEqual(expected)
  })

  test('the seed alone decides', async () => {
    expect(await drawn(5, 1)).toEqual(await drawn(5, 1))
    expect(await drawn(5, 2)).not.toEqual(await drawn(5, 1))
  })
})
