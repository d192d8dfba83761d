import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lessIsBetter, type MetricId, metricIds, metricScopes, metricsWithoutCutoff } from '../../contract/experiment'
import type {
  AllLists,
  Catalogue,
  DescribedMetric,
  ExpectedMetric,
  GradedMetric,
  JudgedList,
  Metric,
  OverallMetric,
  PlacingMetric,
  RatingMetric,
  UserMetric,
} from '../metric'
import { logLossOf, placingOf } from '../placing'
import { coverage } from './coverage'
import { findMetric, metrics } from './registry'

/** A list of ten with hits at these ranks, counted from 1. */
function listOf(ranks: readonly number[], relevant: number, length = 10): JudgedList {
  const hits = new Uint8Array(length)
  for (const rank of ranks) hits[rank - 1] = 1
  return { hits, relevant, length }
}

/** Four training items and one that nobody has. */
const catalogue: Catalogue = { users: Uint32Array.of(8, 4, 2, 1, 0), allUsers: 8 }

/** Of lists of two items, these are all items in them. */
function listsOf(items: readonly number[]): AllLists {
  const times = new Uint32Array(5)
  for (const item of items) times[item]++
  return { k: 2, lists: items.length / 2, times }
}

const userMetrics = metrics.filter((metric) => metric.kind === 'user')
const metricValue = (id: MetricId, list: JudgedList, k: number) => (findMetric(id) as UserMetric).value(list, k)

test('the registry has every metric of the contract once', () => {
  expect(metrics.map(({ id }) => id).sort()).toEqual([...metricIds].sort())
  const lower = metrics.filter(({ direction }) => direction === 'lower')
  expect(lower.map(({ id }) => id)).toEqual(lessIsBetter)
  const scopeOf = (kind: Metric['kind']) =>
    kind === 'explained' ? 'overall' : kind === 'overall' || kind === 'rating' ? kind : 'user'
  expect(Object.fromEntries(metrics.map(({ id, kind }) => [id, scopeOf(kind)]))).toEqual(metricScopes)
})

describe('hand-computed values', () => {
  /** log2 2, 3, 4, 5, 6: the discounts of ranks 1 to 5. */
  const [d1, d2, d3, d4, d5] = [1, 1.584962500721156, 2, 2.321928094887362, 2.584962500721156]
  const cases: { hits: number[]; relevant: number; k: number; values: Partial<Record<MetricId, number>> }[] = [
    {
      hits: [1],
      relevant: 1,
      k: 10,
      values: { precision: 0.1, recall: 1, 'capped-recall': 1, f1: 2 / 11, 'hit-rate': 1, ndcg: 1, map: 1, mrr: 1 },
    },
    {
      hits: [2],
      relevant: 1,
      k: 10,
      values: {
        precision: 0.1,
        recall: 1,
        'capped-recall': 1,
        f1: 2 / 11,
        'hit-rate': 1,
        ndcg: 1 / d2,
        map: 1 / 2,
        mrr: 1 / 2,
      },
    },
    {
      hits: [2, 4],
      relevant: 5,
      k: 4,
      values: {
        precision: 1 / 2,
        recall: 2 / 5,
        'capped-recall': 2 / 4,
        f1: 4 / 9,
        'hit-rate': 1,
        ndcg: (1 / d2 + 1 / d4) / (1 / d1 + 1 / d2 + 1 / d3 + 1 / d4),
        map: (1 / 2 + 2 / 4) / 4,
        mrr: 1 / 2,
      },
    },
    {
      hits: [1, 2, 5],
      relevant: 3,
      k: 5,
      values: {
        precision: 3 / 5,
        recall: 1,
        'capped-recall': 1,
        f1: 3 / 4,
        'hit-rate': 1,
        ndcg: (1 / d1 + 1 / d2 + 1 / d5) / (1 / d1 + 1 / d2 + 1 / d3),
        map: (1 + 1 + 3 / 5) / 3,
        mrr: 1,
      },
    },
    {
      hits: [6],
      relevant: 2,
      k: 5,
      values: { precision: 0, recall: 0, 'capped-recall': 0, f1: 0, 'hit-rate': 0, ndcg: 0, map: 0, mrr: 0 },
    },
  ]

  for (const { hits, relevant, k, values } of cases) {
    test(`hits at ${hits.join(', ')}, R = ${relevant}, k = ${k}`, () => {
      expect(Object.keys(values).length).toBe(userMetrics.length)
      for (const [id, value] of Object.entries(values)) {
        expect(metricValue(id as MetricId, listOf(hits, relevant), k), id).toBeCloseTo(value, 12)
      }
    })
  }
})

/** One user, k = 10: what most libraries of the field give, to three digits. */
test('agrees with the usual definitions of the field', () => {
  const usual = [
    { list: listOf([1, 3], 3), ndcg: 0.704, recall: 0.667, map: 0.556 },
    { list: listOf([1, 3], 40), ndcg: 0.33, recall: 0.05, map: 0.167 },
    { list: listOf([1], 1), ndcg: 1, recall: 1, map: 1 },
  ]
  for (const { list, ...values } of usual) {
    for (const [id, value] of Object.entries(values))
      expect(metricValue(id as MetricId, list, 10)).toBeCloseTo(value, 3)
  }
})

describe('every metric of single lists', () => {
  for (const metric of userMetrics) {
    test(`${metric.id}: 0 without hits, 1 for a perfect list of k = R, never outside its range`, () => {
      expect(metric.value(listOf([], 3), 10)).toBe(0)
      const perfect = metric.value(listOf([1, 2, 3], 3), 3)
      expect(perfect).toBeCloseTo(1, 12)
      for (let mask = 0; mask < 64; mask++) {
        const ranks = [1, 2, 3, 4, 5, 6].filter((rank) => mask & (1 << (rank - 1)))
        for (const k of [1, 3, 6, 10]) {
          const value = metric.value(listOf(ranks, Math.max(1, ranks.length), 6), k)
          expect(value).toBeGreaterThanOrEqual(metric.range[0])
          expect(value).toBeLessThanOrEqual(metric.range[1] + 1e-12)
        }
      }
    })

    test(`${metric.id}: a hit that moves up never lowers it`, () => {
      for (const k of [1, 2, 5]) {
        for (let rank = 2; rank <= 5; rank++) {
          const low = metric.value(listOf([rank, 6], 2), k)
          expect(metric.value(listOf([rank - 1, 6], 2), k)).toBeGreaterThanOrEqual(low)
        }
      }
    })

    test(`${metric.id}: a list shorter than k counts as one that goes on without hits`, () => {
      expect(metric.value(listOf([1, 3], 4, 3), 10)).toBe(metric.value(listOf([1, 3], 4, 10), 10))
    })
  }
})

test('coverage counts each item once and divides by the training catalogue', () => {
  expect(coverage.value(listsOf([0, 1, 1, 2, 0, 4]), catalogue)).toBe(3 / 4)
  expect(coverage.value(listsOf([]), catalogue)).toBe(0)
})

describe('beyond accuracy, by hand', () => {
  const value = (id: MetricId, items: number[]) => (findMetric(id) as OverallMetric).value(listsOf(items), catalogue)

  test('Gini: half the mean absolute difference of all pairs of items, over their mean', () => {
    // Listed 0, 1, 2 and 5 times.
    const counts = [0, 1, 2, 5]
    const differences = counts.flatMap((a) => counts.map((b) => Math.abs(a - b))).reduce((sum, d) => sum + d)
    const items = [1, 2, 2, 3, 3, 3, 3, 3]
    expect(value('gini', items)).toBeCloseTo(differences / 16 / 2 / 2, 12)
    expect(value('gini', [0, 1, 2, 3])).toBe(0)
    expect(value('gini', [2, 2])).toBe(3 / 4)
    expect(value('gini', [])).toBe(0)
  })

  test('entropy: two bits of four items alike, none of one', () => {
    expect(value('entropy', [0, 1, 2, 3])).toBe(2)
    expect(value('entropy', [2, 2])).toBe(0)
    expect(value('entropy', [0, 0, 1, 2])).toBe(1.5)
    expect(value('entropy', [])).toBe(0)
  })

  test('average popularity and novelty count users, each place of a list alike', () => {
    expect(value('average-popularity', [0, 0, 1, 3])).toBe((8 + 8 + 4 + 1) / 4)
    expect(value('novelty', [0, 1, 1, 3])).toBe((0 + 1 + 1 + 3) / 4)
    expect([value('average-popularity', []), value('novelty', [])]).toEqual([0, 0])
  })
})

describe('with more than hits, by hand', () => {
  test('graded NDCG: ratings 5 and 2 at ranks 1 and 3 of the ratings 5, 4, 2', () => {
    const list = { gains: Float32Array.of(5, 0, 2, 0), ideal: Float32Array.of(5, 4, 2) }
    const discounts = [1, 1 / Math.log2(3), 1 / 2]
    const best = 5 + 4 * discounts[1] + 2 * discounts[2]
    const { value } = findMetric('graded-ndcg') as GradedMetric
    expect(value(list, 10)).toBeCloseTo((5 + 2 * discounts[2]) / best, 12)
    expect(value(list, 2)).toBeCloseTo(5 / (5 + 4 * discounts[1]), 12)
    expect(value({ gains: new Float32Array(3), ideal: new Float32Array(2) }, 3)).toBe(0)
  })

  test('serendipity: of hits at 1, 2 and 4 the second is the most popular item and the others are not listed or third', () => {
    const list = {
      hits: Uint8Array.of(1, 1, 0, 1),
      expected: Float64Array.of(Number.POSITIVE_INFINITY, 1, 2, 3),
    }
    const { value } = findMetric('serendipity') as ExpectedMetric
    expect([1, 2, 3, 4, 10].map((k) => value(list, k))).toEqual([1, 1 / 2, 1 / 3, 1 / 4, 1 / 10])
  })

  /** Items 0 and 1 are comedies, 2 is a drama, 3 is both, 4 is nothing. */
  const features = {
    rows: 5,
    columns: 2,
    offsets: Uint32Array.of(0, 1, 2, 3, 5, 5),
    indices: Uint32Array.of(0, 0, 1, 0, 1),
    values: new Float32Array(5).fill(1),
    blocks: [],
  }
  const described = (items: number[], known: number[]) => ({
    items: Uint32Array.from(items),
    known: Uint32Array.from(known),
    features,
  })

  test('diversity: cosines 0, 1/sqrt 2 and 1/sqrt 2 of a comedy, a drama and both; an item without any is passed over', () => {
    const { value } = findMetric('diversity') as DescribedMetric
    const list = described([0, 4, 2, 3], [])
    expect(value(list, 10)).toBeCloseTo(1 - (0 + Math.SQRT1_2 + Math.SQRT1_2) / 3, 6)
    expect(value(list, 3)).toBe(1)
    expect(value(list, 2)).toBe(0)
    expect(value(described([0, 1], []), 2)).toBeCloseTo(0, 12)
  })

  test('calibration: three quarters of comedy known, a quarter listed', () => {
    const { value } = findMetric('calibration') as DescribedMetric
    // Known: a comedy and one that is half drama. Listed: two dramas and one that is half comedy, cut at 2.
    const list = described([2, 3, 0], [0, 3])
    const [p, q] = [
      [3 / 4, 1 / 4],
      [1 / 4, 3 / 4],
    ]
    const expected = p.reduce((sum, share, at) => sum + share * Math.log(share / (0.99 * q[at] + 0.01 * share)), 0)
    expect(value(list, 2)).toBeCloseTo(expected, 12)
    expect(value(described([3, 3, 0, 0], [0, 3]), 10)).toBeCloseTo(0, 12)
    expect(value(described([4], [0]), 10)).toBeCloseTo(Math.log(100), 12)
    expect(value(described([0], [4]), 10)).toBe(0)
  })

  test('personalisation: three lists of two, of which two share one item and the others nothing', () => {
    const { value } = findMetric('personalisation') as OverallMetric
    const all = (times: number[], lists: number) => ({ k: 2, lists, times: Uint32Array.from(times) })
    expect(value(all([2, 1, 1, 1, 1], 3), catalogue)).toBeCloseTo(1 - (1 / 2 + 0 + 0) / 3, 12)
    expect(value(all([3, 3, 0, 0, 0], 3), catalogue)).toBe(0)
    expect(value(all([1, 1, 0, 0, 0], 1), catalogue)).toBe(0)
  })

  test('AUC and R-precision: relevant items at ranks 1 and 4 of five candidates, one of three is no candidate', () => {
    const scores = Float32Array.of(9, 7, 5, 5, 1, Number.NaN)
    const competition = { scores, candidates: 5, isCandidate: (item: number) => item < 5 }
    const placing = placingOf(competition, Uint32Array.of(0, 3, 5))
    // Item 0 beats all three others; item 3 beats item 4 and half of item 2; item 5 beats none.
    expect(placing).toMatchObject({ relevant: 3, others: 3, won: 3 + 1.5 })
    expect([...placing.ranks]).toEqual([1, 4])
    expect((findMetric('auc') as PlacingMetric).value(placing)).toBe(4.5 / 9)
    expect((findMetric('r-precision') as PlacingMetric).value(placing)).toBe(1 / 3)
  })

  test('log loss: probabilities 3/4 and 1/4 of a relevant item and another one; extreme scores stay finite', () => {
    const scores = Float32Array.of(Math.log(3), -Math.log(3), Number.NaN)
    expect(logLossOf(scores, Uint32Array.of(0, 2))).toBeCloseTo(-Math.log(3 / 4), 6)
    expect(logLossOf(scores, Uint32Array.of(1))).toBeCloseTo(-Math.log(1 / 4), 6)
    expect(logLossOf(Float32Array.of(1000, -1000), Uint32Array.of(1))).toBe(1000)
  })
})

test('metrics of expected ratings, by hand', () => {
  const pairs = {
    expected: Float32Array.of(1, 2.5, 3.25, 4.75),
    actual: Float32Array.of(1, 3, 4, 4.5),
    levels: Float32Array.of(1, 2, 3, 4, 4.5, 5),
  }
  const value = (id: MetricId) => (findMetric(id) as RatingMetric).value(pairs)
  expect(value('rmse')).toBeCloseTo(Math.sqrt((0.5 ** 2 + 0.75 ** 2 + 0.25 ** 2) / 4), 12)
  expect(value('mae')).toBeCloseTo((0.5 + 0.75 + 0.25) / 4, 12)
  // 1 is 1; 2.5 stands between 2 and 3 and becomes 3; 3.25 becomes 3, not 4; 4.75 becomes 5, not 4.5.
  expect(value('accuracy')).toBe(2 / 4)
})

describe('docs/metrics.md', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../../docs/metrics.md'), 'utf8').replace(/\s+/g, ' ')

  for (const metric of metrics) {
    test(`has the section of ${metric.id}, with the words that are shown beside the number`, () => {
      const heading = `### ${metric.name} (\`${metric.id}\`) `
      expect(text).toContain(heading)
      const section = text.slice(text.indexOf(heading) + heading.length).split(' ##')[0]
      expect(section).toContain(metric.formula)
      expect(section).toContain(metric.meaning)
      expect(section).toContain(metric.source)
      expect(section).toContain(`Range ${metric.range.join(' to ')}, ${metric.direction} is better.`)
    })
  }

  test('has a table of examples that the metrics agree with', () => {
    const lines = readFileSync(resolve(import.meta.dirname, '../../../docs/metrics.md'), 'utf8').split('\n')
    const cells = (line: string) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
    const start = lines.findIndex((line) => line.startsWith('| Hits at ranks |'))
    const ids = cells(lines[start])
      .slice(2)
      .map((cell) => cell.replaceAll('`', '') as MetricId)
    expect(ids.toSorted()).toEqual(userMetrics.map(({ id }) => id).sort())
    const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'))
    const rows = lines.slice(start + 2, end).map(cells)
    expect(rows.length).toBeGreaterThan(4)
    for (const [ranks, relevant, ...values] of rows) {
      const list = listOf((ranks.match(/\d+/g) ?? []).map(Number), Number(relevant), 20)
      const printed = ids.map((id) => metricValue(id, list, 10).toFixed(3))
      expect(values, `hits at ${ranks}, R = ${relevant}`).toEqual(printed)
    }
  })
})

test('the contract knows which metrics have no cutoff', () => {
  const without = metrics.filter(({ kind }) => ['rating', 'placing', 'explained'].includes(kind)).map(({ id }) => id)
  expect([...metricsWithoutCutoff].sort()).toEqual(without.sort())
})
