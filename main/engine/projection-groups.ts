import type { PointGroup, PointTerm } from '../contract/projection'
import { valuesOf } from '../data/features/attributes'
import { alignRows } from '../data/features/files'
import type { Store } from '../store'
import { attributesOf } from './features'
import type { OpenMap } from './projection-cache'
import { eachInteraction, labelsOf } from './projection-values'

const mostTerms = 8
const mostItems = 10
/** Of the points, or interactions, that have a term: fewer are chance. */
const leastShare = 0.05
const leastCount = 2
/** How many times as frequent as in all, at least. */
const leastLift = 1.3
/** Shorter words of titles say little. */
const shortestWord = 3

/** Values of attributes, and words of titles, that rows have. */
interface Terms {
  about: { of: string; value: string }[]
  /** Each term once. */
  rows: Uint32Array[]
}

/** What groups of points have in common. */
export function createPointGroups(store: Store) {
  const known = new WeakMap<OpenMap['data'], Promise<{ items: Terms; users: Terms }>>()

  function termsOf(map: OpenMap) {
    const found = known.get(map.data) ?? readTerms(map, store)
    known.set(map.data, found)
    found.catch(() => known.delete(map.data))
    return found
  }

  async function describe(map: OpenMap, groupOf: Int16Array, groups: number): Promise<PointGroup[]> {
    const terms = await termsOf(map)
    const hasRatings = (await store.dataset(map.run.datasetId)).profile.ratings.length > 0
    return tally(map, groupOf, groups, terms, hasRatings)
  }

  return {
    clusters: (map: OpenMap, k: number) => describe(map, Int16Array.from(labelsOf(map, k)), k),
    async one(map: OpenMap, points: Uint32Array): Promise<PointGroup> {
      const groupOf = new Int16Array(map.points.length).fill(-1)
      for (const point of points) groupOf[point] = 0
      return (await describe(map, groupOf, 1))[0]
    },
  }
}

async function readTerms({ run, data }: OpenMap, store: Store): Promise<{ items: Terms; users: Terms }> {
  const dataset = await store.dataset(run.datasetId)
  const attributes = attributesOf(dataset, run.clean)
  const read = async (of: 'items' | 'users', ids: readonly string[], titles: readonly string[] | null) => {
    const usable = attributes[of].filter(({ type }) => type === 'category' || type === 'multi-valued')
    const { columns } = alignRows(await store.attributeRows(dataset.id, of, usable), ids)
    const named = columns.map((column) => ({ of: column.name, rows: valuesOf(column) }))
    if (titles) named.push({ of: 'title', rows: titles.map(wordsOf) })
    return termsFrom(named, ids.length)
  }
  return { items: await read('items', data.itemIds, data.titles), users: await read('users', data.userIds, null) }
}

/** Words in small letters, without numbers. */
export function wordsOf(title: string): string[] {
  const words = title.toLowerCase().match(/\p{L}[\p{L}'’-]*/gu) ?? []
  return words.filter((word) => word.length >= shortestWord || /\p{Script=Han}/u.test(word))
}

function termsFrom(named: { of: string; rows: readonly (readonly string[])[] }[], length: number): Terms {
  const about: Terms['about'] = []
  const places = named.map(() => new Map<string, number>())
  const rows = Array.from({ length }, (_, row) => {
    const own = named.flatMap(({ of, rows: all }, at) =>
      [...new Set(all[row])].map((value) => {
        const place = places[at].get(value) ?? about.push({ of, value }) - 1
        places[at].set(value, place)
        return place
      }),
    )
    return Uint32Array.from(own)
  })
  return { about, rows }
}

/** Counts of each of `width` things in each group, and in all groups and points together. */
interface Counts {
  groups: Float64Array[]
  all: Float64Array
  totals: Float64Array
  total: number
}

function newCounts(groups: number, width: number): Counts {
  return {
    groups: Array.from({ length: groups }, () => new Float64Array(width)),
    all: new Float64Array(width),
    totals: new Float64Array(groups),
    total: 0,
  }
}

function count(counts: Counts, group: number, things: ArrayLike<number>): void {
  counts.total++
  if (group >= 0) counts.totals[group]++
  for (let at = 0; at < things.length; at++) {
    counts.all[things[at]]++
    if (group >= 0) counts.groups[group][things[at]]++
  }
}

function tally(
  map: OpenMap,
  groupOf: Int16Array,
  groups: number,
  terms: { items: Terms; users: Terms },
  hasRatings: boolean,
): PointGroup[] {
  const { record, data, points, placeOf } = map
  const isOfUsers = record.of === 'users'
  const own = newCounts(groups, terms[record.of].about.length)
  points.forEach((index, place) => {
    count(own, groupOf[place], terms[record.of].rows[index])
  })
  // Of users: the terms of the items in their histories, one count for each interaction.
  const taste = newCounts(groups, isOfUsers ? terms.items.about.length : 0)
  const items = newCounts(groups, data.itemIds.length)
  const values = new Float64Array(groups)
  eachInteraction(data.train, (user, item, value) => {
    const place = placeOf[isOfUsers ? user : item]
    if (place < 0) return
    const group = groupOf[place]
    if (isOfUsers) count(taste, group, terms.items.rows[item])
    count(items, group, [item])
    if (group >= 0) values[group] += value
  })
  return Array.from({ length: groups }, (_, group) => ({
    points: own.totals[group],
    terms: [
      ...telling(own, group, mostTerms).map((found) => termOf(terms[record.of], found)),
      ...telling(taste, group, mostTerms).map((found) => termOf(terms.items, found)),
    ].slice(0, mostTerms),
    activity: own.totals[group] > 0 ? items.totals[group] / own.totals[group] : 0,
    rating: hasRatings && items.totals[group] > 0 ? values[group] / items.totals[group] : null,
    items: itemsOf(items, group, map),
  }))
}

interface Telling {
  place: number
  share: number
  shareOfAll: number
}

/** By share x log(share / share of all): what is both frequent here and more frequent than elsewhere. */
function telling(counts: Counts, group: number, most: number, least = leastShare): Telling[] {
  const total = counts.totals[group]
  if (total === 0) return []
  const found: (Telling & { weight: number })[] = []
  counts.groups[group].forEach((number, place) => {
    const [share, shareOfAll] = [number / total, counts.all[place] / counts.total]
    if (number < leastCount || share < least || share < leastLift * shareOfAll) return
    found.push({ place, share, shareOfAll, weight: share * Math.log(share / shareOfAll) })
  })
  return found.sort((a, b) => b.weight - a.weight || a.place - b.place).slice(0, most)
}

function termOf({ about }: Terms, { place, share, shareOfAll }: Telling): PointTerm {
  return { ...about[place], share, shareOfAll }
}

/** Of items the most popular ones; of users those that they have more often than all do. */
function itemsOf(items: Counts, group: number, { record, data, run }: OpenMap): PointGroup['items'] {
  const total = items.totals[group]
  const named = (place: number, share: number) => ({
    id: data.itemIds[place],
    title: data.titles?.[place] || null,
    share,
  })
  if (record.of === 'users') return telling(items, group, mostItems, 0).map(({ place, share }) => named(place, share))
  const users = Math.max(1, run.counts?.train.users ?? 1)
  const order = Array.from(items.groups[group].keys()).filter((place) => items.groups[group][place] > 0)
  order.sort((a, b) => items.groups[group][b] - items.groups[group][a] || a - b)
  return total === 0 ? [] : order.slice(0, mostItems).map((place) => named(place, items.groups[group][place] / users))
}
