import { describe, expect, test } from 'vitest'
import { hitMetrics, type SegmentName } from '../../contract/segments'
import { allCases } from '../candidates'
import { emptyLists } from '../lists'
import { ndcg } from '../metrics/ndcg'
import { recall } from '../metrics/recall'
import { metrics } from '../metrics/registry'
import { byAttribute } from './by-attribute'
import { casesWithin, judgeWithin } from './judge-items'
import { byActivity, byPopularity, byWarmth } from './levels'
import { gapsOf, mapOf } from './map'
import type { Segment } from './segment'

const plain = (segments: Segment[]) => segments.map(({ name, members }) => [name, [...members]])
const level = (name: string, from: number, to: number) => ({ kind: 'level', level: name, from, to })

describe('users by how much is known of them', () => {
  const counts = Uint32Array.of(0, 3, 5, 6, 40)

  test('cold up to a number, warm above', () => {
    expect(plain(byWarmth(counts, 5))).toEqual([
      [level('cold', 0, 5), [0, 1, 2]],
      [level('warm', 6, 40), [3, 4]],
    ])
    expect(plain(byWarmth(Uint32Array.of(9), 5))).toEqual([[level('warm', 6, 9), [0]]])
  })

  test('light, middle and heavy by thirds of the judged users', () => {
    const everyone = Uint32Array.of(0, 1, 2, 3, 4)
    // Of five sorted numbers the second one ends the first third, the fourth one the second third.
    expect(plain(byActivity(counts, everyone))).toEqual([
      [level('light', 0, 3), [0, 1]],
      [level('middle', 4, 6), [2, 3]],
      [level('heavy', 7, 40), [4]],
    ])
    // Whoever is not judged moves no cut, and belongs to a part all the same.
    expect(plain(byActivity(counts, Uint32Array.of(2, 3, 4)))).toEqual([
      [level('light', 0, 5), [0, 1, 2]],
      [level('middle', 6, 6), [3]],
      [level('heavy', 7, 40), [4]],
    ])
  })

  test('equal numbers are never torn apart', () => {
    expect(plain(byActivity(Uint32Array.of(2, 2, 2, 2, 9), Uint32Array.of(0, 1, 2, 3, 4)))).toEqual([
      [level('light', 0, 2), [0, 1, 2, 3]],
      [level('heavy', 3, 9), [4]],
    ])
  })
})

test('items by popularity: 20 % of the interactions to the head, at most 20 % to the tail', () => {
  // 100 interactions: the first item has 30, more than the 20 that the head needs; the last five have 20 together.
  const counts = Uint32Array.of(4, 30, 0, 20, 30, 4, 4, 4, 4)
  expect(plain(byPopularity(counts))).toEqual([
    [level('head', 30, 30), [1]],
    [level('torso', 20, 30), [3, 4]],
    [level('tail', 4, 4), [0, 5, 6, 7, 8]],
    [level('unseen', 0, 0), [2]],
  ])
})

describe('by an attribute', () => {
  const column = (type: string, cells: string[], separator: string | null = null) =>
    byAttribute({ name: 'a', type: type as 'category', separator, cells })

  test('a segment for each value, the most frequent first, in several where there are several', () => {
    expect(plain(column('multi-valued', ['x|y', 'y', '', 'z|y'], '|'))).toEqual([
      [{ kind: 'value', value: 'y' }, [0, 1, 3]],
      [{ kind: 'value', value: 'x' }, [0]],
      [{ kind: 'value', value: 'z' }, [3]],
      [{ kind: 'missing' }, [2]],
    ])
  })

  test('the rarest of many values together', () => {
    const segments = column('category', [...Array.from({ length: 30 }, (_, at) => `v${at}`), 'v7'])
    expect(segments).toHaveLength(20)
    expect(segments[0]).toMatchObject({ name: { kind: 'value', value: 'v7' }, members: Uint32Array.of(7, 30) })
    expect(segments[19].name).toEqual({ kind: 'others', values: 11 })
    expect(segments[19].members).toHaveLength(11)
  })

  test('numbers in quarters, few numbers each for itself', () => {
    expect(plain(column('number', ['2', '1', '', '2']))).toEqual([
      [{ kind: 'range', from: 1, to: 1, isDate: false }, [1]],
      [{ kind: 'range', from: 2, to: 2, isDate: false }, [0, 3]],
      [{ kind: 'missing' }, [2]],
    ])
    const ages = Array.from({ length: 12 }, (_, at) => String(20 + at))
    expect(column('number', ages).map(({ name }) => name)).toEqual([
      { kind: 'range', from: 20, to: 22, isDate: false },
      { kind: 'range', from: 23, to: 25, isDate: false },
      { kind: 'range', from: 26, to: 28, isDate: false },
      { kind: 'range', from: 29, to: 31, isDate: false },
    ])
  })

  test('texts make none', () => {
    expect(() => column('text', ['a'])).toThrow(/makes no segments/)
  })
})

test('metrics of hits are those that are judged by relevant items alone', () => {
  const found = metrics.filter(({ kind }) => kind === 'user' || kind === 'graded').map(({ id }) => id)
  expect([...hitMetrics].sort()).toEqual(found.sort())
})

test('hits on items of a segment, at their ranks in the whole list', () => {
  // Test items: user 0 has 1, 2, 5; user 1 has 3; user 2 has none.
  const test = {
    users: 3,
    items: 6,
    offsets: Uint32Array.of(0, 3, 4, 4),
    itemIndices: Uint32Array.of(1, 2, 5, 3),
    values: new Float32Array(4),
    timestamps: null,
  }
  const lists = emptyLists(Uint32Array.of(0, 1), 3)
  lists.items.set([1, 0, 2, 3, 4, 5])
  const within = casesWithin(allCases(test), Uint8Array.of(0, 0, 1, 0, 0, 1))
  expect([...within.users]).toEqual([0])
  // Of 2 and 5 item 2 is listed, at rank 3.
  expect([...judgeWithin({ lists, test, metric: recall, k: 3 }, within)]).toEqual([1 / 2])
  expect([...judgeWithin({ lists, test, metric: recall, k: 2 }, within)]).toEqual([0])
  const [value] = judgeWithin({ lists, test, metric: ndcg, k: 3 }, within)
  expect(value).toBeCloseTo(1 / Math.log2(4) / (1 + 1 / Math.log2(3)), 14)
})

describe('the map', () => {
  const name: SegmentName = { kind: 'missing' }
  const segment = { name, members: Uint32Array.of(0, 1, 2, 3) }
  const settings = { direction: 'higher', test: 't', resamples: 100, seed: 1, winner: 0 } as const
  const wins = Float64Array.of(0.9, 0.8, 0.7, 0.9)
  const loses = Float64Array.of(0.1, 0.2, 0.1, 0.3)
  const middling = Float64Array.of(0.2, 0.3, 0.3, 0.4)

  test('says who is best, how surely, and where the winner loses', () => {
    const [own, other] = mapOf(
      [
        { segment, values: [wins, loses, middling] },
        { segment, values: [loses, wins, middling] },
      ],
      settings,
    )
    expect(own).toMatchObject({ users: 4, members: 4, best: 0, upset: null })
    expect(own.means).toEqual([0.825, 0.175, 0.3].map((mean) => expect.closeTo(mean, 12)))
    expect(own.lead).toMatchObject({ better: 0, worse: 2, difference: expect.closeTo(0.525, 12) })
    expect(other.lead).toMatchObject({ better: 1, worse: 2 })
    expect(other.upset).toMatchObject({ better: 1, worse: 0, difference: expect.closeTo(0.65, 12) })
    // Both leads are the same test, of two; the one upset is corrected over both segments all the same.
    expect(own.lead?.corrected).toBeCloseTo(2 * (own.lead?.p as number), 12)
    expect(other.upset?.corrected).toBeCloseTo(2 * (other.upset?.p as number), 12)
    expect(gapsOf([own, other], 3)[0]).toEqual({ gap: expect.closeTo(0.65, 12), highest: 0, lowest: 1 })
    expect(gapsOf([own], 3)[0]).toBeNull()
  })

  test('less may be better, nobody may be judged, and equals have not lost', () => {
    const none = new Float64Array()
    const [lower, empty, even] = mapOf(
      [
        { segment, values: [wins, loses] },
        { segment, values: [none, none] },
        { segment, values: [loses, loses] },
      ],
      { ...settings, direction: 'lower' },
    )
    expect(lower).toMatchObject({ best: 1, upset: { better: 1, worse: 0, difference: expect.closeTo(-0.65, 12) } })
    expect(empty).toMatchObject({ users: 0, means: [null, null], best: null, lead: null, upset: null })
    expect(even).toMatchObject({ best: 0, lead: { p: 1, corrected: 1 }, upset: null })
  })
})
