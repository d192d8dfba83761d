import { useEffect, useState } from 'react'
import type { CallInput } from '../../main/contract/calls'
import { type PlainError, toPlainError } from '../../main/contract/errors'
import type { ShownItem, ShownList } from '../../main/contract/sandbox'
import { useEngine } from './engine'

/** What a run lists: not there yet, failed, or there; null in the place of a list where the model takes no new histories. */
export interface RunList {
  answer: ShownList | null
  error: PlainError | null
}

type Input = Omit<CallInput<'sandbox.lists'>, 'runIds'>

/** The lists of runs, each asked for by itself, so that a slow one keeps no other waiting. While they load the lists before stay. */
export function useShownLists(runIds: readonly string[], input: Input | null): ReadonlyMap<string, RunList> {
  const engine = useEngine()
  const [lists, setLists] = useState<ReadonlyMap<string, RunList>>(new Map())
  const key = JSON.stringify([runIds, input])
  useEffect(() => {
    let wanted = true
    const [ids, asked] = JSON.parse(key) as [string[], Input | null]
    setLists((before) => new Map([...before].filter(([id]) => asked && ids.includes(id))))
    const put = (id: string, list: RunList) => {
      if (wanted) setLists((before) => new Map(before).set(id, list))
    }
    for (const id of asked ? ids : []) {
      engine.call('sandbox.lists', { ...asked, runIds: [id] }).then(
        ([answer]) => put(id, { answer, error: null }),
        (error) => put(id, { answer: null, error: toPlainError(error, true) }),
      )
    }
    return () => {
      wanted = false
    }
  }, [engine, key])
  return lists
}

/** Where an item of a list stood before: places that it rose (below 0: fell), `new`, or null where there is nothing to compare. */
export type Move = number | 'new' | null

export function movesOf(list: readonly ShownItem[], before: readonly ShownItem[] | null): Map<string, Move> {
  const ranks = new Map(before?.map(({ item, rank }) => [item, rank]))
  return new Map(
    list.map(({ item, rank }) => {
      const old = ranks.get(item)
      return [item, before === null ? null : old === undefined ? 'new' : old - rank]
    }),
  )
}

/** Items of a list that are not in another one. */
export function goneFrom(before: readonly ShownItem[], list: readonly ShownItem[]): ShownItem[] {
  const kept = new Set(list.map(({ item }) => item))
  return before.filter(({ item }) => !kept.has(item))
}
