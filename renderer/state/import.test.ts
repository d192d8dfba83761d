import { describe, expect, test } from 'vitest'
import type { FilePreview } from '../../main/contract/previews'
import { columnAt, columnsProblem, folderDraft, newDraft, openRequest, positionOf } from './import'

const preview: FilePreview = {
  path: '/data/ratings.csv',
  bytes: 100,
  format: { kind: 'delimited', delimiter: ',', header: true, encoding: 'utf-8', quote: '"' },
  rawLines: [],
  header: ['userId', 'movieId', 'rating', 'note', 'note', ''],
  rows: [],
  columns: { user: 'userId', item: 'movieId', rating: 'rating' },
  question: null,
  time: null,
  sheets: [],
}
const none = { items: null, users: null }
const headerless: FilePreview = {
  ...preview,
  format: { kind: 'delimited', delimiter: '\t', header: false, encoding: 'utf-8', quote: '' },
  header: ['0', '1', '2'],
  columns: { user: 0, item: 1 },
}

describe('the request that opens a file', () => {
  test('takes the proposal where nothing was corrected', () => {
    expect(openRequest(newDraft('/data/ratings.csv'), preview, none)).toEqual({
      path: '/data/ratings.csv',
      name: 'ratings',
      format: preview.format,
      columns: { user: 'userId', item: 'movieId', rating: 'rating' },
    })
  })

  test('takes corrected roles, a name and an items file', () => {
    const draft = {
      ...newDraft('/data/ratings.csv'),
      name: '  films ',
      columns: { user: 'movieId', item: 'userId', timestamp: 4 },
      time: { unit: 'milliseconds' as const },
      items: { path: '/data/movies', id: 0, title: 1, features: [2] },
    }
    expect(openRequest(draft, preview, { ...none, items: headerless })).toEqual({
      path: '/data/ratings.csv',
      name: 'films',
      format: preview.format,
      columns: { user: 'movieId', item: 'userId', timestamp: 4 },
      time: { unit: 'milliseconds' },
      items: { path: '/data/movies', format: headerless.format, id: 0, title: 1, features: [2] },
    })
  })

  test('names the files of a ready-made split instead of one', () => {
    const draft = { ...newDraft('/data/train.tsv'), test: '/data/test.tsv' }
    const { path, parts } = openRequest(draft, preview, none)
    expect({ path, parts }).toEqual({ path: undefined, parts: { train: '/data/train.tsv', test: '/data/test.tsv' } })
    const validated = openRequest({ ...draft, validation: '/data/valid.tsv' }, preview, none)
    expect(validated.parts?.validation).toBe('/data/valid.tsv')
  })

  test('is called as the file was before it was uploaded', () => {
    expect(newDraft('/inbox/f940bae2-u.data', 'u.data')).toMatchObject({ file: 'u.data', name: 'u' })
  })

  test('names no columns of sequences, whose layout says it all', () => {
    const sequences: FilePreview = { ...preview, format: { kind: 'sequences' } }
    expect(openRequest(newDraft('/data/a.b.txt'), sequences, none)).toEqual({
      path: '/data/a.b.txt',
      name: 'a.b',
      format: { kind: 'sequences' },
    })
  })
})

test('columns without a header, or with a name that is not theirs alone, go by position', () => {
  expect(columnAt(preview, 1)).toBe('movieId')
  expect(columnAt(preview, 3)).toBe(3)
  expect(columnAt(preview, 5)).toBe(5)
  expect(columnAt(headerless, 1)).toBe(1)
})

test('a column has a position by its header or by itself', () => {
  expect(positionOf(preview, 'rating')).toBe(2)
  expect(positionOf(headerless, 1)).toBe(1)
  expect(positionOf(preview, 'timestamp')).toBe(null)
  expect(positionOf(preview, undefined)).toBe(null)
})

test('user and item are needed, and a column plays one role', () => {
  expect(columnsProblem(preview, { item: 'movieId' })).toBe('missing')
  expect(columnsProblem(preview, { user: 'movieId', item: 1 })).toBe('twice')
  expect(columnsProblem(preview, { user: 'userId', item: 'movieId' })).toBe(null)
})

test('times are asked for with a timestamp column only', () => {
  const timed: FilePreview = { ...preview, columns: { ...preview.columns, timestamp: 3 }, time: { unit: 'seconds' } }
  expect(openRequest(newDraft('/a.csv'), timed, none).time).toEqual({ unit: 'seconds' })
  expect(openRequest({ ...newDraft('/a.csv'), columns: preview.columns }, timed, none).time).toBe(undefined)
})

describe('a folder', () => {
  test('brings the files, items and users of its layout', () => {
    const open = {
      path: ['/ml/u.data'],
      name: 'ml',
      columns: { user: 0, item: 1, rating: 2, timestamp: 3 },
      items: { path: '/ml/u.item', id: 0, title: 1 },
      users: { path: '/ml/u.user', id: 0 },
    }
    const draft = folderDraft({ layout: 'movielens-100k', open, unused: ['README'] }, 'ml')
    expect(openRequest(draft, headerless, none)).toEqual({ ...open, path: '/ml/u.data', format: headerless.format })
    expect(draft.folder).toEqual({ layout: 'movielens-100k', unused: ['README'] })
  })

  test('of several files of one layout is all of them, one of a split its parts', () => {
    const files = { layout: 'files' as const, open: { path: ['/a/1.csv', '/a/2.csv'], name: 'a' }, unused: [] }
    expect(openRequest(folderDraft(files, 'a'), preview, none).path).toEqual(['/a/1.csv', '/a/2.csv'])
    const parts = { train: '/a/train.txt', test: '/a/test.txt' }
    const split = { layout: 'lightgcn' as const, open: { parts, name: 'a' }, unused: [] }
    expect(openRequest(folderDraft(split, 'a'), preview, none)).toMatchObject({ parts })
  })
})
