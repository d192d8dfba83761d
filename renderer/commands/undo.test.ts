import { beforeEach, expect, test, vi } from 'vitest'
import type { EngineClient } from '../../main/contract/calls'
import { emptyHistory, useHistory } from './history'
import { changeRemark } from './steps'
import { undo } from './undo'

vi.mock('../state/notify', () => ({ notify() {}, showError() {}, hideNotice() {} }))

beforeEach(() => useHistory.setState(emptyHistory, true))

const run = { id: 'one', name: 'one', tags: [], notes: 'before' }

/** An engine that keeps the notes, and answers when it is told to. */
function slowEngine() {
  const asked: { notes: string; answer(error?: Error): void }[] = []
  const call = (_: string, { notes }: { notes: string }) =>
    new Promise<void>((resolve, reject) => {
      asked.push({ notes, answer: (error) => (error ? reject(error) : resolve()) })
    })
  return { engine: { call } as unknown as EngineClient, asked }
}

test('a change can be taken back before the engine has answered, and reaches it first', async () => {
  const { engine, asked } = slowEngine()
  const changed = changeRemark(engine, 'run', run, 'notes', 'after')
  const undone = undo(engine)
  await vi.waitFor(() => expect(asked.map(({ notes }) => notes)).toEqual(['after']))
  asked[0].answer()
  await vi.waitFor(() => expect(asked.map(({ notes }) => notes)).toEqual(['after', 'before']))
  asked[1].answer()
  await Promise.all([changed, undone])
  expect(useHistory.getState()).toMatchObject({ done: [], undone: [{ text: 'noteRun' }] })
})

test('changes reach the engine at once, but after what is being taken back', async () => {
  const { engine, asked } = slowEngine()
  const notes = () => asked.map(({ notes }) => notes)
  const changes = [
    changeRemark(engine, 'run', run, 'notes', 'after'),
    changeRemark(engine, 'run', run, 'notes', 'later'),
  ]
  expect(notes()).toEqual(['after', 'later'])
  changes.push(undo(engine), changeRemark(engine, 'run', run, 'notes', 'last'))
  for (const expected of [
    ['after', 'later', 'before'],
    ['after', 'later', 'before', 'last'],
  ]) {
    for (const { answer } of asked) answer()
    await vi.waitFor(() => expect(notes()).toEqual(expected))
  }
  for (const { answer } of asked) answer()
  await Promise.all(changes)
})

test('a change that fails leaves nothing to take back, also where that was asked for already', async () => {
  const { engine, asked } = slowEngine()
  const changed = changeRemark(engine, 'run', run, 'notes', 'after')
  const undone = undo(engine)
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  asked[0].answer(new Error('full'))
  await expect(changed).rejects.toThrow('full')
  await undone
  expect(asked).toHaveLength(1)
  expect(useHistory.getState()).toEqual(emptyHistory)
})
