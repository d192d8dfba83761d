import { expect, test } from 'vitest'
import { fileNameOf } from './export'

test("a file's name holds nothing that a system refuses", () => {
  expect(fileNameOf('NDCG over k', 'csv')).toBe('NDCG over k.csv')
  expect(fileNameOf('NDCG 随 k 的变化', 'svg')).toBe('NDCG 随 k 的变化.svg')
  expect(fileNameOf('../a\\b:"c"?\u202e\u0000d.', 'png')).toBe('a b c d.png')
  expect(fileNameOf('...', 'png')).toBe('chart.png')
  expect(fileNameOf('x'.repeat(10_000), 'csv')).toHaveLength(84)
})
