import { describe, expect, test } from 'vitest'
import { addContributions, type Fusion, toContributions } from './fusion'

const { NaN: none } = Number
const plain: Fusion = { method: 'weighted-sum', normalisation: 'min-max', constant: 60 }

/** What a model adds for each item, and for one that it does not score. */
function contribute(scores: number[], fusion: Partial<Fusion>, seen: number[] = []) {
  const row = Float32Array.from(scores)
  const history = Uint8Array.from(scores, (_, item) => (seen.includes(item) ? 1 : 0))
  return { unscored: toContributions(row, history, { ...plain, ...fusion }), items: [...row] }
}

const near = (values: number[]) =>
  values.map((value) => (Number.isNaN(value) ? none : (expect.closeTo(value, 6) as number)))

describe('weighted sum', () => {
  test('min-max: the best candidate 1, the worst 0, as what is not scored', () => {
    expect(contribute([2, none, 6, 3], {})).toEqual({ unscored: 0, items: near([0, none, 1, 0.25]) })
  })

  test('z-score: what is not scored is as far below the mean as the worst', () => {
    // Mean 4, deviation sqrt((4 + 0 + 4) / 3).
    const deviation = Math.sqrt(8 / 3)
    const { unscored, items } = contribute([2, none, 6, 4], { normalisation: 'z-score' })
    expect(unscored).toBeCloseTo(-2 / deviation, 6)
    expect(items).toEqual(near([-2 / deviation, none, 2 / deviation, 0]))
  })

  test('none: as they are', () => {
    expect(contribute([2, none, -6], { normalisation: 'none' })).toEqual({ unscored: -6, items: [2, none, -6] })
  })

  test('the history sets no scale, and is put on it', () => {
    expect(contribute([10, 2, 6, 4], {}, [0]).items).toEqual(near([2, 0, 1, 0.5]))
  })

  test.each(['min-max', 'z-score'] as const)('%s: equal scores say nothing', (normalisation) => {
    expect(contribute([3, 3, none], { normalisation })).toEqual({ unscored: 0, items: [0, 0, none] })
  })
})

describe('ranks', () => {
  test('reciprocal: 1 / (60 + rank), equal scores with one rank, what is not scored 0', () => {
    const { unscored, items } = contribute([5, 9, none, 5, 1], { method: 'reciprocal-rank' })
    expect(unscored).toBe(0)
    expect(items).toEqual(near([1 / 62, 1 / 61, none, 1 / 62, 1 / 64]))
  })

  test('borda: points fall from 1 by equal steps', () => {
    const { unscored, items } = contribute([5, 9, none, 4, 1], { method: 'borda' })
    expect(unscored).toBe(0)
    expect(items).toEqual(near([0.75, 1, none, 0.5, 0.25]))
  })

  test('the history takes no rank from the others', () => {
    expect(contribute([9, 5, 1], { method: 'reciprocal-rank', constant: 0 }, [0]).items).toEqual(near([1, 1, 1 / 2]))
    expect(contribute([9, 5, 1], { method: 'borda' }, [0, 1, 2]).items).toEqual([1, 1, 1])
  })
})

test('contributions add up at their weights', () => {
  const [sums, known] = [new Float32Array(3), new Uint8Array(3)]
  addContributions(Float32Array.of(1, none, 0.5), 0.25, 2, sums, known)
  addContributions(Float32Array.of(none, none, 3), -1, 0.5, sums, known)
  expect([...sums]).toEqual([1.5, 0, 2.5])
  expect([...known]).toEqual([1, 0, 1])
})
