import { TopnError } from '../contract/errors'
import type { PointValue, PointValues } from '../contract/projection'
import { type AttributeColumn, numbersOf, valuesOf } from '../data/features/attributes'
import { alignRows } from '../data/features/files'
import type { Interactions } from '../models/model'
import type { Store } from '../store'
import { readArtifactFile, readManifest } from '../training/artifact'
import { listsFromTensors } from '../training/results'
import type { WarmProcess } from '../training/warm'
import { attributesOf } from './features'
import type { OpenMap } from './projection-cache'
import type { WorkspaceFolders } from './workspace'

export interface ValueSources {
  store: Store
  folders: WorkspaceFolders
  warm: Pick<WarmProcess, 'ask'>
}

/** Names that have a colour of their own; what is rarer shares one. */
const mostNames = 11

/** What the points of a map are coloured or sized by; NaN for those of which it is not known. */
export async function pointValues(map: OpenMap, value: PointValue, sources: ValueSources): Promise<PointValues> {
  switch (value.by) {
    case 'popularity':
      return ofPoints(map, activityOf(map).counts)
    case 'rating': {
      const { counts, sums } = activityOf(map)
      return ofPoints(
        map,
        sums.map((sum, at) => sum / counts[at]),
      )
    }
    case 'cluster':
      return clusterValues(map, value.k)
    case 'metric':
      return map.record.of === 'users' ? userMetric(map, value.key, sources) : hitShares(map, sources)
    case 'error':
      return ratingErrors(map, sources)
    case 'feature':
      return featureValues(map, value.name, sources)
  }
}

function ofPoints({ points }: OpenMap, values: ArrayLike<number>): PointValues {
  return { kind: 'number', values: Float32Array.from(points, (index) => values[index]) }
}

/** Interactions of the training part of every user, or item, and the sum of their values. */
export function activityOf({ record, data }: Pick<OpenMap, 'record' | 'data'>): {
  counts: Float64Array
  sums: Float64Array
} {
  const { train, userIds, itemIds } = data
  const length = record.of === 'users' ? userIds.length : itemIds.length
  const [counts, sums] = [new Float64Array(length), new Float64Array(length)]
  eachInteraction(train, (user, item, value) => {
    const index = record.of === 'users' ? user : item
    counts[index]++
    sums[index] += value
  })
  return { counts, sums }
}

export function eachInteraction(
  { users, offsets, itemIndices, values }: Interactions,
  hear: (user: number, item: number, value: number) => void,
): void {
  for (let user = 0; user < users; user++) {
    for (let at = offsets[user]; at < offsets[user + 1]; at++) hear(user, itemIndices[at], values[at])
  }
}

export function labelsOf({ trials, labels, record }: OpenMap, k: number): Uint8Array {
  const at = trials.findIndex((trial) => trial.k === k)
  if (at >= 0) return labels[at]
  const tried = record.clusters.map((trial) => trial.k).join(', ') || 'none'
  throw new TopnError('BAD_REQUEST', `The map has no ${k} clusters; those that were tried: ${tried}.`, { field: 'k' })
}

function clusterValues(map: OpenMap, k: number): PointValues {
  const names = Array.from({ length: k }, (_, at) => String(at + 1))
  return { kind: 'category', names, codes: Uint16Array.from(labelsOf(map, k)), more: 0 }
}

async function userMetric(map: OpenMap, key: string, { store }: ValueSources): Promise<PointValues> {
  const { users, values } = await store.userValues([map.run.id], key)
  if (users.length === 0) {
    const message = `${map.run.name} has no values of single users of ${key}. Choose another metric.`
    throw new TopnError('BAD_REQUEST', message, { field: 'value' })
  }
  const all = new Float64Array(map.data.userIds.length).fill(Number.NaN)
  users.forEach((user, at) => {
    all[user] = values[0][at]
  })
  return ofPoints(map, all)
}

/** Of each item: the share of the users who have it in the test part whose stored list has it too. */
async function hitShares(map: OpenMap, { folders }: ValueSources): Promise<PointValues> {
  const { test, itemIds } = map.data
  const folder = folders.artifact(map.run.id)
  const lists = listsFromTensors(await readArtifactFile(folder, await readManifest(folder), 'lists'))
  const [hits, wanted] = [new Float64Array(itemIds.length), new Float64Array(itemIds.length)]
  lists.users.forEach((user, row) => {
    const listed = new Set(lists.items.subarray(row * lists.k, (row + 1) * lists.k))
    for (const item of test.itemIndices.subarray(test.offsets[user], test.offsets[user + 1])) {
      wanted[item]++
      if (listed.has(item)) hits[item]++
    }
  })
  return ofPoints(
    map,
    hits.map((count, item) => count / wanted[item]),
  )
}

/** Of each item: the mean absolute error of the ratings that the model expects of its test interactions. */
async function ratingErrors(map: OpenMap, { folders, warm }: ValueSources): Promise<PointValues> {
  const { run, record } = map
  const artifact = folders.artifact(run.id)
  const errors = await warm.ask(folders.prepared(run.prepared ?? ''), { kind: 'rating-errors', artifact })
  if (errors && record.of === 'items') return ofPoints(map, errors)
  const message = `${run.name} expects no ratings, or the map is of users. Choose another colour.`
  throw new TopnError('BAD_REQUEST', message, { field: 'value' })
}

async function featureValues(map: OpenMap, name: string, { store }: ValueSources): Promise<PointValues> {
  const { run, record, data } = map
  const dataset = await store.dataset(run.datasetId)
  const attribute = attributesOf(dataset, run.clean)[record.of].find((each) => each.name === name)
  if (!attribute || attribute.type === 'vector' || attribute.type === 'text') {
    const message = `The ${record.of} have no attribute ${name} of categories, numbers or dates. Choose another one.`
    throw new TopnError('BAD_REQUEST', message, { field: 'value' })
  }
  const ids = record.of === 'users' ? data.userIds : data.itemIds
  const rows = await store.attributeRows(dataset.id, record.of, [attribute])
  const [column] = alignRows(rows, ids).columns
  return attribute.type === 'number' || attribute.type === 'date'
    ? ofPoints(map, numbersOf(column))
    : categories(column, map)
}

/** The most frequent values have colours; of several values of a point the first one of these counts. */
function categories(column: AttributeColumn, { points }: OpenMap): PointValues {
  const all = valuesOf(column)
  const rows = Array.from(points, (index) => all[index])
  const counts = new Map<string, number>()
  for (const row of rows) for (const value of new Set(row)) counts.set(value, (counts.get(value) ?? 0) + 1)
  const names = [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostNames)
    .map(([value]) => value)
  const places = new Map(names.map((value, at) => [value, at]))
  const codes = Uint16Array.from(rows, (row) => {
    const found = row.find((value) => places.has(value))
    return found === undefined ? names.length : (places.get(found) ?? names.length)
  })
  return { kind: 'category', names, codes, more: counts.size - names.length }
}
