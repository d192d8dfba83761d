import { describe, expect, test } from 'vitest'
import { fuzzyScore } from './fuzzy'

const best = (query: string, texts: string[]) =>
  texts
    .map((text) => ({ text, score: fuzzyScore(query, text) }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => Number(b.score) - Number(a.score))
    .map(({ text }) => text)

describe('fuzzy search', () => {
  test('finds starts of words and letters left out', () => {
    for (const query of ['train', 'tra', 'trda', 'td', 'tran', 'data train', 'TRAIN', 'tráin', 'ｔrain'])
      expect(fuzzyScore(query, 'Train data'), query).not.toBe(null)
  })

  test('finds nothing by letters that merely occur in order', () => {
    for (const query of ['rn', 'iat', 'trainx', 'data run', 'rd'])
      expect(fuzzyScore(query, 'Train data'), query).toBe(null)
  })

  test('in pieces only, letters by themselves do not count', () => {
    expect(fuzzyScore('data tra', 'Train data', true)).not.toBe(null)
    expect(fuzzyScore('trda', 'Train data', true)).toBe(null)
  })

  test('an empty query finds everything', () => {
    expect(fuzzyScore('  ', 'Train')).not.toBe(null)
  })

  test('puts whole words before pieces, pieces before letters, and shorter texts first', () => {
    expect(best('data', ['Delete all traces again', 'Metadata', 'Go to Data'])).toEqual([
      'Go to Data',
      'Metadata',
      'Delete all traces again',
    ])
    expect(best('gt', ['Go to Train', 'Highgto'])).toEqual(['Highgto', 'Go to Train'])
    expect(best('run', ['Rename run', 'Delete run ials-1', 'Run again'])).toEqual([
      'Run again',
      'Rename run',
      'Delete run ials-1',
    ])
  })

  test('each word may answer another part', () => {
    expect(best('del ials', ['Delete run › ials-1', 'Delete run › popularity-1', 'Rename run › ials-1'])).toEqual([
      'Delete run › ials-1',
    ])
  })

  test('each Chinese character is a word', () => {
    expect(fuzzyScore('删运行', '删除运行')).not.toBe(null)
    expect(fuzzyScore('运行删', '删除运行')).toBe(null)
    expect(fuzzyScore('运行 删', '删除运行')).not.toBe(null)
  })

  test('long texts of one letter take no time to refuse', () => {
    expect(fuzzyScore(`${'a '.repeat(3)}${'a'.repeat(60)}b`, 'a '.repeat(200))).toBe(null)
  })
})
