import { randomUUID } from 'node:crypto'
import type { CheckedInput } from '../contract/calls'
import type { Subject } from '../contract/filters'
import type { RunRecord } from '../contract/records'
import { hitMetrics, type Segmentation, type SegmentMap, type SegmentUsers } from '../contract/segments'
import { alignRows } from '../data/features/files'
import { byAttribute } from '../evaluation/segments/by-attribute'
import { byActivity, byPopularity, byWarmth } from '../evaluation/segments/levels'
import { gapsOf, ranked } from '../evaluation/segments/map'
import { type Segment, segmentOf } from '../evaluation/segments/segment'
import type { UserValues } from '../store/user-values'
import { segmentTensors } from '../training/results'
import type { SegmentsTask } from '../training/screen-tasks'
import { type ComparisonOptions, comparedValues, directionOf, refusal, withFile } from './comparison'
import { attributesOf } from './features'
import type { Newest } from './newest'
import type { IndexedData } from './prepared-cache'

export interface SegmentOptions extends ComparisonOptions {
  preparedOf(hash: string): Promise<IndexedData>
}

type Asked = Pick<CheckedInput<'comparison.segments'>, 'runIds' | 'metric'>
type Testing = Pick<CheckedInput<'comparison.segments'>, 'test' | 'resamples' | 'seed'>

/** What segments are made of. */
interface Ground {
  run: RunRecord
  data: IndexedData
  found: UserValues
}

/** Segments of one segmentation, by index of the prepared data. */
interface Group {
  segmentation: Segmentation
  of: Subject
  segments: Segment[]
}

/** Which run wins for whom. */
export function segmentHandlers(options: SegmentOptions, newest: Newest) {
  async function groundOf(asked: Asked): Promise<Ground> {
    const found = await comparedValues(options, asked)
    const run = options.runs.find(asked.runIds[0])
    return { run, data: await options.preparedOf(run.prepared ?? ''), found }
  }

  async function judge(
    { runIds, metric, test, resamples, seed }: Asked & Testing,
    { found, run }: Ground,
    groups: readonly Group[],
    { detail, signal }: { detail: number | null; signal: AbortSignal },
  ) {
    const hasItems = groups.some(({ of }) => of === 'items')
    if (hasItems) requireItems(run, metric)
    const segments = groups.flatMap(({ of, segments }) => segments.map((segment) => ({ of, ...segment })))
    const direction = directionOf(metric)
    const means = found.values.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length)
    const winner = ranked(means, direction)[0]
    const task: Omit<SegmentsTask, 'input'> = {
      kind: 'segments',
      segments: segments.map(({ of, name }) => ({ of, name })),
      metric,
      settings: { direction, test, resamples, seed, winner },
      folders: hasItems
        ? { prepared: options.folders.prepared(run.prepared ?? ''), artifacts: runIds.map(options.folders.artifact) }
        : null,
      detail,
    }
    const tensors = segmentTensors({ ...found, members: segments.map(({ members }) => members) })
    const answer = await withFile(options.folders, tensors, (input) =>
      options.runShortTask({ ...task, input }, { report() {}, signal }),
    )
    return { ...answer, direction, means, winner }
  }

  async function map(input: CheckedInput<'comparison.segments'>, signal: AbortSignal): Promise<SegmentMap> {
    const ground = await groundOf(input)
    const groups: Group[] = []
    for (const segmentation of input.segmentations) groups.push(await groupOf(segmentation, ground, options))
    const { results, direction, means, winner } = await judge(input, ground, groups, { detail: null, signal })
    let taken = 0
    return {
      metric: input.metric,
      direction,
      test: input.test,
      runIds: input.runIds,
      users: ground.found.users.length,
      means,
      winner,
      groups: groups.map(({ segmentation, of, segments }) => {
        const own = results.slice(taken, taken + segments.length)
        taken += segments.length
        return { segmentation, of, segments: own, gaps: gapsOf(own, input.runIds.length) }
      }),
    }
  }

  async function oneSegment(
    input: Asked & Pick<CheckedInput<'comparison.segmentMembers'>, 'segmentation' | 'segment'>,
  ) {
    const ground = await groundOf(input)
    const { of, segments, segmentation } = await groupOf(input.segmentation, ground, options)
    const segment = segments[input.segment]
    if (!segment) throw refusal('segment', 'there is no such segment; it may have changed. Look at the map again.')
    return { ground, group: { segmentation, of, segments: [segment] } }
  }

  async function users(input: CheckedInput<'comparison.segmentUsers'>): Promise<SegmentUsers> {
    const { ground, group } = await oneSegment(input)
    const { signal } = new AbortController()
    const { users } = await judge(input, ground, [group], { detail: input.limit, signal })
    const { total, worst } = users ?? { total: 0, worst: [] }
    return {
      total,
      users: worst.map(({ index, values }) => ({ user: ground.data.userIds[index], values })),
    }
  }

  return {
    'comparison.segments': (input: CheckedInput<'comparison.segments'>) =>
      newest.run(input.view ?? randomUUID(), (signal) => map(input, signal)),
    'comparison.segmentUsers': users,
    async 'comparison.segmentMembers'(input: CheckedInput<'comparison.segmentMembers'>) {
      const { ground, group } = await oneSegment(input)
      const ids = group.of === 'users' ? ground.data.userIds : ground.data.itemIds
      return { of: group.of, ids: Array.from(group.segments[0].members, (index) => ids[index]) }
    },
  }
}

/** Segments of items are judged by hits on them, in lists that ranked one set of candidates a user. */
function requireItems({ evaluation: { candidates } }: RunRecord, metric: string): void {
  const [id] = metric.split('@')
  if (!hitMetrics.some((each) => each === id)) {
    throw refusal('segmentations', `${metric} does not count hits, so it has no segments of items. Take them out.`)
  }
  if (typeof candidates === 'object' && 'file' in candidates) {
    throw refusal(
      'segmentations',
      'Candidates from a file may give a user several lists, of which one is kept, so there are no segments of items. Take them out.',
    )
  }
}

async function groupOf(segmentation: Segmentation, ground: Ground, options: SegmentOptions): Promise<Group> {
  const { data, found } = ground
  switch (segmentation.by) {
    case 'warmth':
      return { segmentation, of: 'users', segments: byWarmth(knownOf(data), segmentation.most) }
    case 'activity':
      return { segmentation, of: 'users', segments: byActivity(knownOf(data), found.users) }
    case 'popularity':
      return { segmentation, of: 'items', segments: byPopularity(countsOf(data.train.itemIndices, data.train.items)) }
    case 'attribute':
      return { segmentation, of: segmentation.of, segments: await attributeSegments(segmentation, ground, options) }
    case 'selection':
      return { segmentation, ...(await selectionSegments(segmentation.selectionId, ground, options)) }
  }
}

/** Interactions of each user that a model knows of when it makes their list. */
function knownOf({ train, foldIn, userIds }: IndexedData): Uint32Array {
  const counts = new Uint32Array(userIds.length)
  for (const part of foldIn ? [train, foldIn] : [train]) {
    for (let user = 0; user < part.users; user++) counts[user] += part.offsets[user + 1] - part.offsets[user]
  }
  return counts
}

function countsOf(indices: Uint32Array, length: number): Uint32Array {
  const counts = new Uint32Array(length)
  for (const index of indices) counts[index]++
  return counts
}

async function attributeSegments(
  { of, name }: Extract<Segmentation, { by: 'attribute' }>,
  { run, data }: Ground,
  { store }: SegmentOptions,
): Promise<Segment[]> {
  const dataset = await store.dataset(run.datasetId)
  const known = attributesOf(dataset, run.clean)[of]
  const attribute = known.find((each) => each.name === name)
  if (!attribute) {
    const names = known.map((each) => each.name).join(', ') || 'none'
    throw refusal('segmentations', `the ${of} have no attribute ${name}; their attributes: ${names}.`)
  }
  const rows = await store.attributeRows(dataset.id, of, [attribute])
  return byAttribute(alignRows(rows, of === 'users' ? data.userIds : data.itemIds).columns[0])
}

async function selectionSegments(
  id: string,
  { run, data }: Ground,
  { store }: SegmentOptions,
): Promise<Pick<Group, 'of' | 'segments'>> {
  const { of, name, datasetId } = await store.selection(id)
  if (datasetId !== run.datasetId) throw refusal('segmentations', `${name} is of other data than ${run.name}.`)
  const members = new Set(await store.selectionIds(id))
  const ids = of === 'users' ? data.userIds : data.itemIds
  const segments = (['inside', 'outside'] as const).map((kind) =>
    segmentOf({ kind }, ids.length, (index) => members.has(ids[index]) === (kind === 'inside')),
  )
  return { of, segments: segments.filter((segment) => segment.members.length > 0) }
}
