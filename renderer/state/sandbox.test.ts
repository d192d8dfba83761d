import { beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../main/contract/calls'
import { addToSandbox, beginSandbox, enterSandbox, takeFromSandbox, useSandbox } from './sandbox'

const known = ['a', 'b', 'a'].map((item) => ({ item, title: null, value: 2, part: 'train' }))
const engine = { call: async () => [...known, { ...known[0], item: 'held', part: 'test' }] } as unknown as EngineClient
const whose = { runId: 'r', user: 'u' }
const items = () => useSandbox.getState().own.map(({ item }) => item)

beforeEach(() => useSandbox.setState({ of: null, start: [], own: [] }))

test('what was put together by hand is still there when the same user is entered again', async () => {
  await enterSandbox(engine, whose)
  expect(items()).toEqual(['a', 'b'])
  addToSandbox({ item: 'c', title: 'C' })
  takeFromSandbox('a')
  await enterSandbox(engine, whose)
  expect(items()).toEqual(['b', 'c'])
  expect(useSandbox.getState().start).toHaveLength(2)
  await beginSandbox(engine, whose, null)
  expect(items()).toEqual([])
  await enterSandbox(engine, whose)
  expect(items()).toEqual([])
})

test('another user begins anew, and a late answer of the one before changes nothing', async () => {
  let answer = (_: unknown[]) => {}
  const slow = { call: () => new Promise((resolve) => (answer = resolve)) } as unknown as EngineClient
  const late = enterSandbox(slow, { runId: 'r', user: 'slow' })
  await enterSandbox(engine, whose)
  answer([{ ...known[0], item: 'late' }])
  await late
  expect(items()).toEqual(['a', 'b'])
})

test('a beginning that failed is tried again', async () => {
  const broken = { call: async () => Promise.reject(new Error('gone')) } as unknown as EngineClient
  await expect(enterSandbox(broken, whose)).rejects.toThrow('gone')
  await enterSandbox(engine, whose)
  expect(items()).toEqual(['a', 'b'])
})
