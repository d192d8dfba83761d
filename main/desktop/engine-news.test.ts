import { expect, test } from 'vitest'
import type { Event } from '../contract/calls'
import type { JobRecord } from '../contract/records'
import { tellNews } from './engine-news'
import type { FromEngine } from './messages'

function listen() {
  const told: FromEngine[] = []
  let emit: (event: Event) => void = () => {}
  const subscribe = (listener: (event: Event) => void) => {
    emit = listener
    return () => {}
  }
  tellNews({ subscribe }, (message) => told.push(message))
  const job = (id: string, endedAt: string | null) =>
    emit({ name: 'job', key: id, value: { id, title: `Train ${id}`, endedAt } as JobRecord })
  return { emit, job, news: () => told.splice(0) }
}

test('work is told when it begins and when it ends, not at every step', () => {
  const { job, news } = listen()
  job('a', null)
  job('b', null)
  expect(news()).toEqual([
    { kind: 'work', titles: ['Train a'] },
    { kind: 'work', titles: ['Train a', 'Train b'] },
  ])
  job('a', null)
  expect(news()).toEqual([])
  job('a', '2026-01-01T00:00:00Z')
  job('a', '2026-01-01T00:00:00Z')
  expect(news()).toEqual([{ kind: 'work', titles: ['Train b'] }])
})

test('another workspace is told, and nothing else is', () => {
  const { emit, news } = listen()
  emit({ name: 'workspace', key: 'workspace', value: { path: '/books', name: 'books', version: '0' } })
  emit({ name: 'run', key: 'r', value: { id: 'r', record: null } })
  expect(news()).toEqual([{ kind: 'workspace', path: '/books' }])
})
