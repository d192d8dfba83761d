import { TopnError } from '../contract/errors'
import { nearestOf } from '../projection/nearest-of'
import type { Store } from '../store'
import { type OpenMap, requirePoints } from './projection-cache'
import { createPointGroups } from './projection-groups'
import { nameOf, searchPoints } from './projection-points'
import { pointValues, type ValueSources } from './projection-values'
import type { Selections } from './selections'
import type { Handlers } from './service'

interface PointOptions extends ValueSources {
  store: Store
  selections: Selections
  mapOf(projectionId: string): Promise<OpenMap>
}

type PointCalls =
  `projections.${'values' | 'names' | 'search' | 'neighbours' | 'clusters' | 'describe' | 'select' | 'members'}`

/** Questions about the points of a map. */
export function pointHandlers(options: PointOptions): Pick<Handlers, PointCalls> {
  const { store, selections, mapOf } = options
  const groups = createPointGroups(store)

  /** Throws BAD_REQUEST for a point that the map has not. */
  async function mapWith(projectionId: string, points: ArrayLike<number>): Promise<OpenMap> {
    const map = await mapOf(projectionId)
    requirePoints(map, points)
    return map
  }

  return {
    'projections.values': async ({ projectionId, value }) => pointValues(await mapOf(projectionId), value, options),
    async 'projections.names'({ projectionId, points }) {
      const map = await mapWith(projectionId, points)
      return points.map((point) => nameOf(map, point))
    },
    'projections.search': async ({ projectionId, query, limit }) =>
      searchPoints(await mapOf(projectionId), query, limit),
    async 'projections.neighbours'({ projectionId, point, distance, limit }) {
      const map = await mapWith(projectionId, [point])
      const found = nearestOf(map.vectors, point, distance, limit)
      return found.map((near) => ({ ...nameOf(map, near.point), distance: near.distance }))
    },
    'projections.clusters': async ({ projectionId, k }) => groups.clusters(await mapOf(projectionId), k),
    'projections.describe': async ({ projectionId, points }) => groups.one(await mapWith(projectionId, points), points),
    async 'projections.select'({ projectionId, points, name }) {
      const map = await mapWith(projectionId, points)
      const ids = Array.from(new Set(points), (point) => nameOf(map, point).id)
      const { datasetId, of } = map.record
      return selections.handlers['selections.create']({ datasetId, of, name, clean: [], ids })
    },
    'projections.members': async ({ projectionId, selectionId }) =>
      membersOf(await mapOf(projectionId), selectionId, store),
  }
}

/** The points of a selection's users, or items. */
async function membersOf({ record, placeOfId }: OpenMap, selectionId: string, store: Store): Promise<Uint32Array> {
  const selection = await store.selection(selectionId)
  if (selection.of !== record.of || selection.datasetId !== record.datasetId) {
    const message = `${selection.name} is of other things than the map. Choose a selection of its ${record.of}.`
    throw new TopnError('BAD_REQUEST', message, { field: 'selectionId' })
  }
  const places = (await store.selectionIds(selectionId)).map(placeOfId).filter((place) => place >= 0)
  return Uint32Array.from(places).sort()
}
