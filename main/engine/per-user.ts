import { maximumFrameBytes } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import type { Store } from '../store'
import type { IndexedData } from './prepared-cache'
import type { Runs } from './runs'
import type { Handlers } from './service'

interface PerUserOptions {
  store: Store
  runs: Pick<Runs, 'find'>
  preparedOf(hash: string): Promise<IndexedData>
}

/** Runs beside one another, user by user. */
export function perUserHandlers({
  store,
  runs,
  preparedOf,
}: PerUserOptions): Pick<Handlers, Extract<keyof Handlers, `perUser.${string}`>> {
  function trained(id: string): RunRecord & { prepared: string } {
    const run = runs.find(id)
    const { prepared } = run
    if (run.state === 'done' && prepared !== null) return { ...run, prepared }
    throw new TopnError('BAD_REQUEST', `${run.name} has no lists yet; its values come once it is trained.`, {
      runId: id,
    })
  }

  /** The prepared data of both. */
  function shared(firstId: string, secondId: string): string {
    const [first, second] = [trained(firstId), trained(secondId)]
    if (first.prepared === second.prepared) return first.prepared
    const message = `${first.name} and ${second.name} are on other data or another split, so that no user can be looked at in both. Choose two runs of one group.`
    throw new TopnError('BAD_REQUEST', message, { field: 'second' })
  }

  return {
    async 'perUser.spread'({ runIds, key }) {
      const found = await store.valueSpread(
        [...new Set(runIds)].map((id) => trained(id).id),
        key,
      )
      if (found.runs.length === 0) throw noValues(key)
      return found
    },
    async 'perUser.pairs'({ first, second, key }) {
      shared(first, second)
      const found = await store.valuePairs(first, second, key)
      if (found.users === 0) throw noValues(key)
      return found
    },
    async 'perUser.ids'({ first, second, key, dots }) {
      const { userIds } = await preparedOf(shared(first, second))
      const ids = Array.from(await store.usersOfDots(first, second, key, dots), (index) => userIds[index])
      const bytes = ids.reduce((sum, id) => sum + Buffer.byteLength(id), 0)
      if (bytes <= mostBytes && ids.length <= mostUsers) return ids
      throw new TopnError('BAD_REQUEST', 'These are too many users to be named one by one. Choose fewer.', {
        field: 'dots',
      })
    },
  }
}

/** Of ids in one answer, well within a frame; and the members that a selection of named ones may have. */
const [mostBytes, mostUsers] = [maximumFrameBytes / 2, 1_000_000]

function noValues(key: string): TopnError {
  const message = `These runs have no values per user of ${key}: it is measured over all lists together, or was not asked for. Choose another metric.`
  return new TopnError('BAD_REQUEST', message, { field: 'key' })
}
