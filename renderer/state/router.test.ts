import { describe, expect, test } from 'vitest'
import { formatRoute, parseRoute } from './router'

describe('routes', () => {
  test('an address names a screen and a query', () => {
    const route = parseRoute('#/users?user=a%26b&limit=5')
    expect(route.screen).toBe('users')
    expect([...route.query]).toEqual([
      ['user', 'a&b'],
      ['limit', '5'],
    ])
  })

  test('an unknown or empty address is the data screen', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/__proto__', '#/constructor']) {
      expect(parseRoute(hash).screen).toBe('data')
    }
  })

  test('a path with reserved characters survives the round trip', () => {
    const path = '/data/50% off & more?#1/rätings=ü.csv'
    expect(parseRoute(formatRoute('data', { open: path })).query.get('open')).toBe(path)
  })
})
