import { expect, test } from 'vitest'
import { parseRecentFiles, withFile } from './recent-files'

const file = (name: string) => ({ path: `/data/${name}`, file: name })

test('the latest comes first, each once, and the oldest are forgotten', () => {
  const many = Array.from({ length: 20 }, (_, index) => file(`${index}.csv`))
  const kept = many.reduce((files, each) => withFile(files, each), [] as ReturnType<typeof withFile>)
  expect(kept.map(({ file }) => file)).toEqual(['19', '18', '17', '16', '15', '14', '13', '12'].map((n) => `${n}.csv`))
  expect(withFile(kept, file('15.csv'))[0]).toEqual(file('15.csv'))
  expect(withFile(kept, file('15.csv'))).toHaveLength(8)
})

test('what is damaged is left out', () => {
  expect(parseRecentFiles(null)).toEqual([])
  expect(parseRecentFiles('{"a":1}')).toEqual([])
  expect(parseRecentFiles(JSON.stringify([file('a.csv'), null, 3, { path: 1, file: 'x' }]))).toEqual([file('a.csv')])
})
