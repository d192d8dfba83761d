import { describe, expect, test } from 'vitest'
import type { FilePreview } from '../../main/contract/records'
import { columnAt, newDraft, openRequest, proposedRoles, rolesProblem } from './import'

const preview: FilePreview = {
  path: '/data/ratings.csv',
  bytes: 100,
  format: { kind: 'delimited', delimiter: ',', header: true, encoding: 'utf-8', quote: '"' },
  rawLines: [],
  header: ['userId', 'movieId', 'rating', 'note', 'note', ''],
  rows: [],
  columns: { user: 'userId', item: 'movieId', rating: 'rating' },
  question: null,
}
const headerless: FilePreview = {
  ...preview,
  format: { kind: 'delimited', delimiter: '\t', header: false, encoding: 'utf-8', quote: '' },
  header: ['0', '1', '2'],
  columns: { user: 0, item: 1 },
}

describe('the request that opens a file', () => {
  test('takes the proposal where nothing was corrected', () => {
    expect(openRequest(newDraft('/data/ratings.csv'), preview, null)).toEqual({
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
      roles: { user: 1, item: 0, rating: null, timestamp: 4 },
      items: { path: '/data/movies', id: 0, title: 1, features: [2] },
    }
    expect(openRequest(draft, preview, headerless)).toEqual({
      path: '/data/ratings.csv',
      name: 'films',
      format: preview.format,
      // "note" stands twice in the header, so that only its position names it.
      columns: { user: 'movieId', item: 'userId', timestamp: 4 },
      items: { path: '/data/movies', format: headerless.format, id: 0, title: 1, features: [2] },
    })
  })

  test('names the files of a ready-made split instead of one', () => {
    const draft = { ...newDraft('/data/train.tsv'), test: '/data/test.tsv' }
    const { path, parts } = openRequest(draft, preview, null)
    expect({ path, parts }).toEqual({ path: undefined, parts: { train: '/data/train.tsv', test: '/data/test.tsv' } })
    const validated = openRequest({ ...draft, validation: '/data/valid.tsv' }, preview, null)
    expect(validated.parts?.validation).toBe('/data/valid.tsv')
  })

  test('is called as the file was before it was uploaded', () => {
    expect(newDraft('/inbox/f940bae2-u.data', 'u.data')).toMatchObject({ file: 'u.data', name: 'u' })
  })

  test('names no columns of sequences, whose layout says it all', () => {
    const sequences: FilePreview = { ...preview, format: { kind: 'sequences' } }
    expect(openRequest(newDraft('/data/a.b.txt'), sequences, null)).toEqual({
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

test('proposals by header and by position become positions', () => {
  expect(proposedRoles(preview)).toEqual({ user: 0, item: 1, rating: 2, timestamp: null })
  expect(proposedRoles(headerless)).toEqual({ user: 0, item: 1, rating: null, timestamp: null })
})

test('user and item are needed, and a column plays one role', () => {
  expect(rolesProblem({ user: null, item: 1, rating: null, timestamp: null })).toBe('missing')
  expect(rolesProblem({ user: 1, item: 1, rating: null, timestamp: null })).toBe('twice')
  expect(rolesProblem({ user: 0, item: 1, rating: null, timestamp: null })).toBe(null)
})
