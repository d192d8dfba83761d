import { useCallback, useEffect, useState } from 'react'
import type { EngineClient, Events } from '../../main/contract/calls'
import { toPlainError } from '../../main/contract/errors'
import { connect } from '../api'
import { openSession } from './session'

export type Connection =
  | { state: 'connecting' }
  | { state: 'failed'; reason: string }
  | { state: 'open'; client: EngineClient }
  /** The screens stay, with what they knew. */
  | { state: 'lost'; client: EngineClient; reason: string }

/** The link to the engine, from the first attempt to the loss of it; `retry` connects anew. */
export function useConnection(onNotice: (notice: Events['notice']) => void) {
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' })
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt connects again
  useEffect(() => {
    let wanted = true
    let client: EngineClient | null = null
    async function open() {
      const opened = await connect()
      client = opened
      if (!wanted) return opened.close()
      await openSession(opened, onNotice)
      if (!wanted) return
      setConnection({ state: 'open', client: opened })
      const reason = await opened.closed
      if (wanted) setConnection({ state: 'lost', client: opened, reason })
    }
    open().catch((error) => {
      if (wanted) setConnection({ state: 'failed', reason: toPlainError(error, true).message })
    })
    return () => {
      wanted = false
      client?.close()
    }
  }, [onNotice, attempt])

  const retry = useCallback(() => {
    setConnection({ state: 'connecting' })
    setAttempt((count) => count + 1)
  }, [])
  return { connection, retry }
}
