import { TopnError } from '../contract/errors'
import type { AlignedMap, NamedPoint } from '../contract/projection'
import { procrustes } from '../projection/procrustes'
import type { OpenMap } from './projection-cache'

export function nameOf({ record, points, data }: OpenMap, point: number): NamedPoint {
  const index = points[point]
  if (record.of === 'users') return { point, id: data.userIds[index], title: null }
  return { point, id: data.itemIds[index], title: data.titles?.[index] || null }
}

/** Points whose id or title contains the query, those that begin with it first. */
export function searchPoints(map: OpenMap, query: string, limit: number): NamedPoint[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  const [first, later]: [NamedPoint[], NamedPoint[]] = [[], []]
  for (let point = 0; point < map.points.length && first.length < limit; point++) {
    const named = nameOf(map, point)
    const texts = [named.id.toLowerCase(), named.title?.toLowerCase() ?? '']
    if (texts.some((text) => text.startsWith(wanted))) first.push(named)
    else if (later.length < limit && texts.some((text) => text.includes(wanted))) later.push(named)
  }
  return [...first, ...later].slice(0, limit)
}

/** `moved` turned onto `target` by the points that both have. Throws BAD_REQUEST where they are fewer than three. */
export function alignMaps(target: OpenMap, moved: OpenMap): AlignedMap {
  const places = placesIn(target, moved)
  const own = Uint32Array.from(places.keys()).filter((at) => places[at] !== nowhere)
  if (own.length < 3) {
    const message = 'These maps have fewer than three points in common. Choose maps of the same data and side.'
    throw new TopnError('BAD_REQUEST', message, { field: 'second' })
  }
  const others = own.map((at) => places[at])
  const { layout, disparity } = procrustes(target.positions, others, moved.positions, own)
  return { positions: layout, disparity, shared: own.length, places }
}

const nowhere = 2 ** 32 - 1

/** For each point of `map` its place in `target`. */
function placesIn(target: OpenMap, map: OpenMap): Uint32Array {
  if (target.record.of !== map.record.of) return new Uint32Array(map.points.length).fill(nowhere)
  return Uint32Array.from(map.points, (_, point) => {
    const place = target.placeOfId(nameOf(map, point).id)
    return place < 0 ? nowhere : place
  })
}
