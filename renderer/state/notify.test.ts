import { beforeEach, expect, test } from 'vitest'
import { dismissNotice, dismissNotices, keepNotice, notify, useNotices } from './notify'

const kept = () => useNotices.getState().notices.map(({ level, message }) => `${level}: ${message}`)

beforeEach(dismissNotices)

test('errors and warnings are kept, the newest first; information is not', () => {
  notify('info', 'read')
  notify('warning', 'slow')
  notify('error', 'broken')
  keepNotice('error', 'failed elsewhere')
  expect(kept()).toEqual(['error: failed elsewhere', 'error: broken', 'warning: slow'])
})

test('the same sentence twice is two notices, each dismissed by itself', () => {
  const first = keepNotice('error', 'broken')
  keepNotice('error', 'broken')
  dismissNotice(first)
  expect(kept()).toEqual(['error: broken'])
  dismissNotices()
  expect(kept()).toEqual([])
})
