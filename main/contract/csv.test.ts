import { describe, expect, test } from 'vitest'
import { toCsv } from './csv'

const body = (...cells: (string | number | null)[]) => toCsv(['a'], [cells]).split('\r\n').slice(1).join('\r\n')

test('a table begins with a byte order mark and ends each line with CR LF', () => {
  const text = toCsv(['Run', 'k', 'NDCG'], [['ials-1', 10, 0.25]])
  expect(text).toBe('\ufeffRun,k,NDCG\r\nials-1,10,0.25\r\n')
})

test('headings and texts of any script stay as they are', () => {
  expect(toCsv(['运行', '用户'], [['模型 甲', 'קורא']])).toBe('\ufeff运行,用户\r\n模型 甲,קורא\r\n')
})

test('commas, quotes and line breaks are quoted', () => {
  expect(body('a,b', 'say "so"', 'two\nlines')).toBe('"a,b","say ""so""","two\nlines"\r\n')
})

describe('what a spreadsheet would run', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('%j becomes text', (text) => {
    expect(body(text)).toBe(`'${text}\r\n`)
  })

  test('a carriage return in front is both marked and quoted', () => {
    expect(body('\r=1')).toBe('"\'\r=1"\r\n')
  })

  test('a formula with quotes is both marked and quoted', () => {
    expect(body('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"\r\n')
  })

  test('headings are no exception', () => {
    expect(toCsv(['=a'], [])).toBe("\ufeff'=a\r\n")
  })
})

test('numbers are untouched, negative ones too, and what is missing is empty', () => {
  expect(body(-0.5, 1 / 3, 1e-9, 0)).toBe('-0.5,0.3333333333333333,1e-9,0\r\n')
  expect(body(null, Number.NaN, 'x')).toBe(',,x\r\n')
})
