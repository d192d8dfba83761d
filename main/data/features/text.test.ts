import { describe, expect, test } from 'vitest'
import { hashOf, termsOf, wordsOf } from './terms'
import { readRows } from './testing/rows'
import { hashedTerms, tfIdf } from './text'

const texts = ['Toy Story', 'Toy Soldiers', '', 'The Story of a Toy: toy story']
const plain = { ngrams: 1, minimumDocuments: 1, maximumTerms: 100 }

function expectRows(actual: Record<string, number>[], expected: Record<string, number>[]) {
  expect(actual.map((row) => Object.keys(row))).toEqual(expected.map((row) => Object.keys(row)))
  for (const [at, row] of expected.entries()) {
    for (const [name, value] of Object.entries(row)) expect(actual[at][name]).toBeCloseTo(value, 6)
  }
}

describe('words', () => {
  test('are runs of at least two letters or digits, in small letters', () => {
    expect(wordsOf("Amélie (2001): it's a_b 4 Übermut!")).toEqual(['amélie', '2001', 'it', 'a_b', 'übermut'])
  })

  test('of a script without spaces are its characters', () => {
    expect(wordsOf('推荐系统 top10榜')).toEqual(['推', '荐', '系', '统', 'top10', '榜'])
  })

  test('stand in runs too', () => {
    expect(termsOf('one two three', 3)).toEqual(['one', 'two', 'three', 'one two', 'two three', 'one two three'])
  })
})

describe('TF-IDF', () => {
  test('is the formula, by hand', () => {
    // Of four texts three have "toy", and one has "soldiers".
    const idf = (documents: number) => Math.log(5 / (1 + documents)) + 1
    const length = Math.hypot(idf(3), idf(1))
    const [, second] = readRows(tfIdf('title', texts, plain))
    expectRows([second], [{ 'title: soldiers': idf(1) / length, 'title: toy': idf(3) / length }])
  })

  test('equals TfidfVectorizer of scikit-learn with its defaults', () => {
    expectRows(readRows(tfIdf('t', texts, plain)), [
      { 't: story': 0.7772212, 't: toy': 0.6292275 },
      { 't: soldiers': 0.8429263, 't: toy': 0.538029 },
      {},
      { 't: of': 0.4043578, 't: story': 0.6376007, 't: the': 0.4043578, 't: toy': 0.5161927 },
    ])
  })

  test('equals it with ngram_range=(1, 2) and min_df=2', () => {
    expectRows(readRows(tfIdf('t', texts, { ...plain, ngrams: 2, minimumDocuments: 2 })), [
      { 't: story': 0.6136667, 't: toy': 0.4968161, 't: toy story': 0.6136667 },
      { 't: toy': 1 },
      {},
      { 't: story': 0.7244418, 't: toy': 0.5864981, 't: toy story': 0.3622209 },
    ])
  })

  test('equals it with max_features=2', () => {
    const block = tfIdf('t', texts, { ...plain, maximumTerms: 2 })
    expect(block.names).toEqual(['t: story', 't: toy'])
    expectRows(readRows(block).slice(3), [{ 't: story': 0.7772212, 't: toy': 0.6292275 }])
  })

  test('a term may be the name of something every object has', () => {
    expect(tfIdf('t', ['constructor __proto__', 'constructor'], plain).names).toEqual([
      't: __proto__',
      't: constructor',
    ])
  })
})

describe('hashed terms', () => {
  test('the hash is FNV-1a of the UTF-8 bytes', () => {
    // From the reference's own test vectors.
    expect([hashOf(''), hashOf('a'), hashOf('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968])
  })

  test('column and sign come from the hash, and rows have length 1', () => {
    const dimensions = 7
    const block = hashedTerms('t', ['foobar foobar barfoo', ''], 1, dimensions)
    expect(block.names.length).toBe(dimensions)
    const expected = new Float64Array(dimensions)
    for (const term of ['foobar', 'foobar', 'barfoo']) {
      const hash = hashOf(term)
      expected[(hash % 2 ** 31) % dimensions] += hash >= 2 ** 31 ? -1 : 1
    }
    const length = Math.hypot(...expected)
    const [row, empty] = readRows(block)
    for (const [at, value] of expected.entries()) expect(row[`t: #${at + 1}`] ?? 0).toBeCloseTo(value / length, 6)
    expect(empty).toEqual({})
  })
})
