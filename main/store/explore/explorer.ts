import type { DuckDBConnection } from '@duckdb/node-api'
import { TopnError } from '../../contract/errors'
import type { CleanStep } from '../../contract/experiment'
import { type Exploration, type ExplorationPart, explorationParts } from '../../contract/exploration'
import type { Filter } from '../../contract/filters'
import type { DatasetRecord } from '../../contract/records'
import type { LastingConnection, WorkspaceDatabase } from '../database'
import type { Filtered } from '../filters'
import { type Base, buildBase } from './base'
import { applyFilters, type Left } from './left'
import { partReaders } from './parts/registry'
import { cleanedSource } from './source'

export interface FilterRequest {
  datasetId: string
  clean: CleanStep[]
  filters: Filter[]
  signal: AbortSignal
  /** Hears of the share that is done. */
  report?(fraction: number): void
}

/** Answers what filters leave, one request after the other, on a base that stays for the next one. */
export interface Explorer {
  explore(request: FilterRequest & { parts?: readonly ExplorationPart[] | undefined }): Promise<Exploration>
  /** Runs `work` on what filters leave. */
  withLeft<T>(request: FilterRequest, work: (connection: DuckDBConnection, left: Left) => Promise<T>): Promise<T>
  /** Ends what is asked for. */
  close(): Promise<void>
}

/** Statements of the base and of each part take about as long as one another. */
const baseShare = 0.4

interface Held {
  key: string
  connection: LastingConnection
  base: Base
}

/** What an explorer must know of a workspace. */
export interface Sources {
  dataset(id: string): Promise<DatasetRecord>
  selectionsOf(datasetId: string): Promise<Filtered['selections']>
}

export function createExplorer(database: WorkspaceDatabase, sources: Sources): Explorer {
  const closed = new AbortController()
  /** Requests that wait for an answer, and the base that each of them needs. */
  const waiting = new Map<FilterRequest, string>()
  let building: { key: string; controller: AbortController } | null = null
  let held: Held | null = null
  let last: Promise<unknown> = Promise.resolve()

  /** A base serves every later request, so that it is given up only where nobody waits for it any more. */
  function leave(request: FilterRequest, reason: unknown): void {
    waiting.delete(request)
    if (building && ![...waiting.values()].includes(building.key)) building.controller.abort(reason)
  }

  async function hold({ datasetId, clean, report }: FilterRequest, key: string): Promise<Held> {
    const dataset = await sources.dataset(datasetId)
    if (held?.key === key) return held
    held?.connection.close()
    held = null
    const controller = new AbortController()
    const signal = AbortSignal.any([controller.signal, closed.signal])
    building = { key, controller }
    const connection = await database.connect()
    try {
      const base = await connection.use(
        async (own) =>
          buildBase(own, await cleanedSource(own, dataset, clean, signal), {
            signal,
            report: (fraction) => report?.(fraction * baseShare),
          }),
        signal,
      )
      held = { key, connection, base }
      return held
    } catch (error) {
      connection.close()
      throw error
    } finally {
      building = null
    }
  }

  async function withLeft<T>(
    request: FilterRequest,
    work: (connection: DuckDBConnection, left: Left) => Promise<T>,
  ): Promise<T> {
    const key = JSON.stringify([request.datasetId, request.clean])
    const signal = AbortSignal.any([request.signal, closed.signal])
    waiting.set(request, key)
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        leave(request, signal.reason)
        reject(signal.reason)
      })
    })
    const own = last.then(async () => {
      signal.throwIfAborted()
      const { connection, base } = await hold(request, key)
      const { filters } = request
      const selections = await sources.selectionsOf(request.datasetId)
      return connection.use(async (open) => work(open, await applyFilters(open, base, filters, selections)), signal)
    })
    last = own.catch(() => {})
    try {
      return await Promise.race([own, aborted])
    } finally {
      waiting.delete(request)
    }
  }

  return {
    withLeft,
    explore: ({ parts = explorationParts, ...request }) =>
      withLeft(request, async (connection, left) => {
        const known = request.filters.length === 0 ? left.base.parts : {}
        for (const [at, part] of parts.entries()) {
          request.signal.throwIfAborted()
          request.report?.(baseShare + (at / parts.length) * (1 - baseShare))
          if (!(part in known)) Object.assign(known, { [part]: await partReaders[part](connection, left) })
        }
        const asked = Object.fromEntries(parts.map((part) => [part, known[part]]))
        return { all: left.base.all, left: left.amounts, ...asked }
      }),
    async close() {
      closed.abort(new TopnError('CANCELLED', 'The workspace was closed.'))
      await last
      held?.connection.close()
    },
  }
}
