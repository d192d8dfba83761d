import { create } from 'zustand'
import type { EngineClient } from '../../main/contract/calls'
import type { en } from '../locales/en'

/** Something the analyst did that can be taken back and done again. */
export interface Step {
  /** What it was: `commands.steps.<text>`, with the name of what it was done to. */
  text: keyof typeof en.commands.steps
  name: string
  /** May answer a promise. */
  undo(engine: EngineClient): unknown
  redo(engine: EngineClient): unknown
  /** Steps of the same field soon after one another are one step, such as the letters of a word. */
  field?: { key: string; at: number }
}

/** Steps in the order in which they were done; those taken back wait to be done again. */
export interface History {
  done: readonly Step[]
  undone: readonly Step[]
}

export const emptyHistory: History = { done: [], undone: [] }

const longest = 200
const soonMilliseconds = 1000

/** Adds what was just done. What had been taken back before can no longer be done again. */
export function recorded({ done }: History, step: Step): History {
  const last = done.at(-1)
  if (last && isContinued(last, step)) {
    return { done: [...done.slice(0, -1), { ...step, undo: last.undo }], undone: [] }
  }
  return { done: [...done, step].slice(-longest), undone: [] }
}

function isContinued({ field: before }: Step, { field }: Step): boolean {
  return before !== undefined && before.key === field?.key && field.at - before.at <= soonMilliseconds
}

/** Takes the last step back. */
export function stepBack({ done, undone }: History): { step: Step; history: History } | null {
  const step = done.at(-1)
  return step ? { step, history: { done: done.slice(0, -1), undone: [...undone, withoutField(step)] } } : null
}

/** Does again what was taken back last. */
export function stepForward({ done, undone }: History): { step: Step; history: History } | null {
  const step = undone.at(-1)
  return step ? { step, history: { done: [...done, step], undone: undone.slice(0, -1) } } : null
}

/** Forgets a step that can be neither taken back nor done again. */
export function without({ done, undone }: History, step: Step): History {
  const isOther = (each: Step) => each.redo !== step.redo
  return { done: done.filter(isOther), undone: undone.filter(isOther) }
}

/** A step that was taken back is finished: nothing continues it. */
function withoutField({ field: _, ...step }: Step): Step {
  return step
}

/** The steps of this window. */
export const useHistory = create<History>(() => emptyHistory)

export function record(step: Step): void {
  useHistory.setState((history) => recorded(history, step), true)
}

const forgotten = new WeakSet<Step['redo']>()

/** Drops a step that came to nothing. */
export function forget(step: Step): void {
  forgotten.add(step.redo)
  useHistory.setState((history) => without(history, step), true)
}

export function isForgotten({ redo }: Step): boolean {
  return forgotten.has(redo)
}

/** All that was asked of the engine. */
let asked: Promise<unknown> = Promise.resolve()
let moves = 0

/** Does a step: at once, so that nothing is lost where the window is closed, but after what is being taken back. */
export function doing<T>(act: () => T | Promise<T>): Promise<T> {
  return followed(moves === 0 ? (async () => act())() : asked.then(act))
}

/** Takes a step back, or does it again, once the engine has answered to all before it. */
export function moving<T>(act: () => T | Promise<T>): Promise<T> {
  moves++
  return followed(
    asked.then(act).finally(() => {
      moves--
    }),
  )
}

function followed<T>(answer: Promise<T>): Promise<T> {
  asked = Promise.allSettled([asked, answer])
  return answer
}
