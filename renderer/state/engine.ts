import { createContext, useCallback, useContext, useEffect, useState } from 'react'
import type { CallInput, CallName, CallOutputs, EngineClient } from '../../main/contract/calls'
import { type PlainError, toPlainError } from '../../main/contract/errors'
import { showError } from './notify'

export const EngineContext = createContext<EngineClient | null>(null)

export function useEngine(): EngineClient {
  const engine = useContext(EngineContext)
  if (!engine) throw new Error('no engine: the component stands outside EngineContext')
  return engine
}

export type Answer<T> =
  | { state: 'idle' | 'loading'; value: T | null }
  | { state: 'ready'; value: T }
  | { state: 'failed'; value: null; error: PlainError }

/**
 * Asks the engine whenever the input changes, `delay` milliseconds after the last change; null asks nothing. Answers to
 * inputs that are no longer wanted are dropped. While it loads, the value of the input before stays.
 */
export function useAnswer<N extends CallName>(
  name: N,
  input: CallInput<N> | null,
  delay = 0,
  /** Asked again when it changes. */
  version: number | string = 0,
): Answer<CallOutputs[N]> & { retry: () => void } {
  const key = input === null ? null : JSON.stringify([name, input, version])
  return useAsked<CallOutputs[N]>(key, (engine) => engine.call(name, input as CallInput<N>), delay)
}

/** As `useAnswer`, of what takes several calls: asked whenever the key is another one; null asks nothing. */
export function useAsked<T>(
  key: string | null,
  ask: (engine: EngineClient) => Promise<T>,
  delay = 0,
): Answer<T> & { retry: () => void } {
  const engine = useEngine()
  const [answer, setAnswer] = useState<Answer<T>>({ state: 'idle', value: null })
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what is asked; attempts ask again
  useEffect(() => {
    if (key === null) return setAnswer({ state: 'idle', value: null })
    let wanted = true
    setAnswer(({ value }) => ({ state: 'loading', value }))
    const timer = setTimeout(() => {
      ask(engine).then(
        (value) => wanted && setAnswer({ state: 'ready', value }),
        (error) => wanted && setAnswer({ state: 'failed', value: null, error: toPlainError(error, true) }),
      )
    }, delay)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [engine, key, delay, attempt])
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  return { ...answer, retry }
}

/** Runs what a button asks for: `busy` while it does, a lasting notification where it fails. */
export function useAction<A extends unknown[]>(action: (...args: A) => Promise<void>) {
  const [busy, setBusy] = useState(false)
  async function run(...args: A): Promise<void> {
    setBusy(true)
    try {
      await action(...args)
    } catch (error) {
      showError(toPlainError(error, true))
    } finally {
      setBusy(false)
    }
  }
  return { run, busy }
}
