import { useCallback, useEffect, useRef, useState } from 'react'
import type { CallInput, CallOutputs } from '../../main/contract/calls'
import { type PlainError, toPlainError } from '../../main/contract/errors'
import { useEngine } from './engine'

/** Calls that answer a part of their rows: `limit` of them from `offset` on. */
type PagedCall = 'users.search' | 'datasets.rejects' | 'selections.members'
type Row<N extends PagedCall> = CallOutputs[N][number]

const pageSize = 500

interface Pages<T> {
  /** Null until the first page is there; while another input loads, the rows of the one before stay. */
  rows: readonly T[] | null
  error: PlainError | null
  isComplete: boolean
}

/** The rows of a call, page after page: `more` asks for the next one, where there is one. */
export function usePages<N extends PagedCall>(name: N, input: Omit<CallInput<N>, 'limit' | 'offset'>, delay = 0) {
  const engine = useEngine()
  const [pages, setPages] = useState<Pages<Row<N>>>({ rows: null, error: null, isComplete: false })
  const [attempt, setAttempt] = useState(0)
  const loading = useRef<object | null>(null)
  const key = JSON.stringify(input)

  const load = useCallback(
    async (before: readonly Row<N>[]) => {
      const request = {}
      loading.current = request
      try {
        const asked = { ...JSON.parse(key), limit: pageSize, offset: before.length } as CallInput<N>
        const page = (await engine.call(name, asked)) as Row<N>[]
        if (loading.current !== request) return
        setPages({ rows: [...before, ...page], error: null, isComplete: page.length < pageSize })
      } catch (error) {
        if (loading.current === request) setPages({ rows: null, error: toPlainError(error, true), isComplete: true })
      }
      if (loading.current === request) loading.current = null
    },
    [engine, name, key],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt asks again
  useEffect(() => {
    // Until the first page of this input is there, no further one of the input before is wanted.
    loading.current = {}
    const timer = setTimeout(() => void load([]), delay)
    return () => {
      clearTimeout(timer)
      loading.current = {}
    }
  }, [load, delay, attempt])

  const more = useCallback(() => {
    if (!loading.current && !pages.isComplete && pages.rows) void load(pages.rows)
  }, [load, pages])
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  return { ...pages, more, retry }
}
