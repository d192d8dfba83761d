import { describe, expect, test } from 'vitest'
import { locateColumn, proposeAttributeColumns, proposeByHeader, proposeByPosition } from './columns'

describe('roles by header', () => {
  test.each<
    [
      header: string,
      user: string,
      item: string,
      rating?: string | undefined,
      timestamp?: string | undefined,
      event?: string,
    ]
  >([
    ['userId,movieId,rating,timestamp', 'userId', 'movieId', 'rating', 'timestamp'],
    [
      'user_id:token,item_id:token,rating:float,timestamp:float',
      'user_id:token',
      'item_id:token',
      'rating:float',
      'timestamp:float',
    ],
    ['userID,artistID,weight', 'userID', 'artistID', 'weight', undefined],
    [
      'USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,EVENT_VALUE',
      'USER_ID',
      'ITEM_ID',
      'EVENT_VALUE',
      'TIMESTAMP',
      'EVENT_TYPE',
    ],
    ['UserId,ItemId,FeedbackType,Value,Timestamp', 'UserId', 'ItemId', 'Value', 'Timestamp', 'FeedbackType'],
    ['user,item,label,time', 'user', 'item', 'label', 'time'],
    ['userID,itemID,rating,timestamp,prediction', 'userID', 'itemID', 'rating', 'timestamp'],
    ['user_id,item_id,weight,datetime', 'user_id', 'item_id', 'weight', 'datetime'],
    ['User-ID,ISBN,Book-Rating', 'User-ID', 'ISBN', 'Book-Rating', undefined],
    ['item,user', 'user', 'item', undefined, undefined],
    ['users,user_id,items,item_id', 'user_id', 'item_id', undefined, undefined],
  ])('%s', (header, user, item, rating, timestamp, event) => {
    const { columns, question } = proposeByHeader(header.split(','))
    expect(question).toBeNull()
    expect(columns).toEqual({
      user,
      item,
      ...(rating && { rating }),
      ...(timestamp && { timestamp }),
      ...(event && { event }),
    })
  })

  test('what is unclear is asked, with the choices', () => {
    const twice = proposeByHeader(['user_id', 'userId', 'item'])
    expect(twice.columns.user).toBeUndefined()
    expect(twice.question).toBe('The columns are "user_id", "userId", "item". Say which column holds the user.')
    expect(proposeByHeader(['a', 'b']).question).toMatch(/the user and the item/)
    const wide = proposeByHeader(Array.from({ length: 100 }, (_, at) => `x${at}`))
    expect(wide.question).toMatch(/^The columns are "x0", .*, "x29" and 70 more\./)
  })
})

describe('roles by position', () => {
  test.each<[name: string, rows: string[][], columns: object]>([
    ['pairs', [['a', 'b']], { user: 0, item: 1 }],
    ['triples with ratings', [['1', '2', '3.5']], { user: 0, item: 1, rating: 2 }],
    ['triples with times', [['1', '2', '978300760']], { user: 0, item: 1, timestamp: 2 }],
    ['MovieLens', [['1', '2', '5', '978300760']], { user: 0, item: 1, rating: 2, timestamp: 3 }],
    [
      'a broken row among twenty',
      [...Array(19).fill(['1', '2', '5']), ['1', '2', 'NA']],
      { user: 0, item: 1, rating: 2 },
    ],
  ])('%s', (_name, rows, columns) => {
    expect(proposeByPosition(rows)).toEqual({ columns, question: null })
  })

  test.each([
    ['words', [['1', '2', 'tag']]],
    ['five columns', [['1', '2', '3', '4', '5']]],
    [
      'a third column that is often no number',
      [
        ['1', '2', '3'],
        ['1', '2', 'x'],
      ],
    ],
    ['one column', [['1']]],
    ['nothing', []],
  ])('%s are asked about', (_name, rows) => {
    expect(proposeByPosition(rows)).toMatchObject({ columns: {}, question: expect.stringMatching(/has no header/) })
  })
})

describe('columns of item files', () => {
  test.each([
    ['movieId,title,genres', { id: 'movieId', title: 'title', features: ['genres'] }],
    [
      'item_id:token,movie_title:token_seq,release_year:token,class:token_seq',
      { id: 'item_id:token', title: 'movie_title:token_seq', features: ['release_year:token', 'class:token_seq'] },
    ],
    ['id,name,url', { id: 'id', title: 'name', features: ['url'] }],
    ['a,b', { id: null, title: null, features: ['a', 'b'] }],
  ])('%s', (header, expected) => {
    expect(proposeAttributeColumns(header.split(','), true, 'item')).toEqual(expected)
  })

  test('without a header the first two', () => {
    expect(proposeAttributeColumns(['0', '1', '2'], false, 'item')).toEqual({ id: 0, title: 1, features: [] })
    expect(proposeAttributeColumns(['0'], false, 'item')).toEqual({ id: 0, title: null, features: [] })
  })
})

test('an exact header wins over one that is only alike', () => {
  expect(locateColumn('user_id', ['userId', 'user_id'], true, 'f')).toBe(1)
  expect(locateColumn('USERID', ['item', 'user_id'], true, 'f')).toBe(1)
  expect(() => locateColumn('USERID', ['userId', 'user_id'], true, 'f')).toThrow(/no column "USERID"/)
})
