import { TopnError } from '../contract/errors'
import type { OpenEngine } from './engine'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * What the work answers. Where the terminal ends it, the engine is closed first, so that checkpoints are saved; then it
 * rejects with PAUSED and what `advice` says of going on.
 */
export async function unlessInterrupted<T>(
  engine: OpenEngine,
  work: Promise<T>,
  advice: () => string | Promise<string>,
): Promise<T> {
  let closing: Promise<void> | undefined
  let ask = () => {}
  const asked = new Promise<void>((resolve) => {
    ask = resolve
  })
  const onSignal = () => {
    closing ??= engine.close()
    ask()
  }
  for (const signal of signals) process.on(signal, onSignal)
  try {
    const answer = await Promise.race([work, asked.then(() => null)])
    if (closing === undefined) return answer as T
    work.catch(() => {})
    await closing
    throw new TopnError('PAUSED', await advice())
  } finally {
    for (const signal of signals) process.off(signal, onSignal)
  }
}
