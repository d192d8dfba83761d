import { describe, expect, test } from 'vitest'
import { proposeKind, separatorFor, valuesOf, vectorOf } from './attributes'

describe('the type that cells suggest', () => {
  test.each<[name: string, header: string, cells: string[], type: string, separator: string | null]>([
    ['numbers', 'price', ['1', '-2.5', '1e3'], 'number', null],
    ['numbers but one', 'price', ['1', '2', 'free'], 'category', null],
    ['dates', 'released', ['2020-01-02', '2020-01-02 10:00'], 'date', null],
    ['dates of MovieLens', 'released', ['01-Jan-1995'], 'date', null],
    ['genres', 'genres', ['Comedy|Drama', 'Drama'], 'multi-valued', '|'],
    ['lists of texts', 'tags', ['["a","b"]', '[]'], 'multi-valued', null],
    ['lists of numbers', 'embedding', ['[0.5,1]', '[1,-2e3]'], 'vector', null],
    ['numbers apart by spaces', 'embedding', ['0.5 1', '1 -2e3'], 'vector', ' '],
    ['numbers apart by pipes', 'embedding', ['0.5|1', '1|-2e3'], 'vector', '|'],
    ['words that repeat', 'colour', ['red', 'blue', 'red', 'red'], 'category', null],
    ['sentences', 'about', ['a long text about the first', 'another long text about it'], 'text', null],
    ['nothing', 'empty', [], 'category', null],
    ['what RecBole declares', 'age:token', ['1', '2'], 'category', null],
    ['a sequence of RecBole', 'class:token_seq', ['Comedy'], 'multi-valued', ' '],
    ['a vector of RecBole', 'v:float_seq', ['1'], 'vector', ' '],
  ])('%s', (_name, header, cells, type, separator) => {
    expect(proposeKind(header, cells)).toEqual({ type, separator })
  })
})

test('a separator is given, proposed, or the usual one; types of one value have none', () => {
  const numbers = { type: 'number', separator: null } as const
  expect(separatorFor('multi-valued', ';', numbers)).toBe(';')
  expect(separatorFor('multi-valued', undefined, { type: 'multi-valued', separator: ' ' })).toBe(' ')
  expect(separatorFor('vector', undefined, { type: 'vector', separator: null })).toBeNull()
  expect(separatorFor('multi-valued', undefined, numbers)).toBe('|')
  expect(separatorFor('category', ';', numbers)).toBeNull()
})

test('values and vectors of cells', () => {
  expect(valuesOf('Comedy| Drama ||', '|')).toEqual(['Comedy', 'Drama'])
  expect(valuesOf('["a|b","c"]', null)).toEqual(['a|b', 'c'])
  expect(valuesOf('plain', null)).toEqual(['plain'])
  expect(vectorOf('1 2.5 -3', ' ')).toEqual([1, 2.5, -3])
  expect(vectorOf('[1, 2e1]', null)).toEqual([1, 20])
  expect(vectorOf('1 x', ' ')).toBeNull()
  expect(vectorOf('[1, "x"]', null)).toBeNull()
  expect(vectorOf('', ' ')).toBeNull()
})
