import type { MetricId } from '../contract/metrics'
import { readPrepared } from '../data/prepared-files'
import { allCases } from '../evaluation/candidates'
import type { TopLists } from '../evaluation/lists'
import type { ListMetric } from '../evaluation/metric'
import { findMetric } from '../evaluation/metrics/registry'
import { casesWithin, judgeWithin } from '../evaluation/segments/judge-items'
import { mapOf } from '../evaluation/segments/map'
import { readSafetensors } from '../files/safetensors'
import { readArtifactFile, readManifest } from './artifact'
import { listsFromTensors, type SegmentInput, segmentInputFromTensors } from './results'
import type { SegmentsFound, SegmentsTask } from './screen-tasks'

/** Users by index and what each run is worth to them. */
interface Judged {
  users: Uint32Array
  values: Float64Array[]
}

export async function segmentsTask(task: SegmentsTask): Promise<SegmentsFound> {
  const input = segmentInputFromTensors(await readSafetensors(task.input))
  const ofItems = task.folders && (await itemJudge(task, task.folders))
  const judged = input.members.map((members, at) =>
    task.segments[at].of === 'items' && ofItems ? ofItems(members) : judgedAmong(input, members),
  )
  if (task.detail !== null) return { results: [], users: worstFirst(judged[0], task) }
  const segments = judged.map(({ values }, at) => ({
    segment: { name: task.segments[at].name, members: input.members[at] },
    values,
  }))
  return { results: mapOf(segments, task.settings), users: null }
}

function judgedAmong({ users, values }: SegmentInput, members: Uint32Array): Judged {
  const isMember = new Set(members)
  const places = Uint32Array.from(users.keys()).filter((at) => isMember.has(users[at]))
  return {
    users: places.map((at) => users[at]),
    values: values.map((own) => Float64Array.from(places, (at) => own[at])),
  }
}

/** Judges stored lists where only items of a segment are relevant. */
async function itemJudge(
  { metric: key }: SegmentsTask,
  { prepared, artifacts }: { prepared: string; artifacts: string[] },
) {
  const { test } = await readPrepared(prepared)
  const cases = allCases(test)
  const lists: TopLists[] = []
  for (const artifact of artifacts) {
    lists.push(listsFromTensors(await readArtifactFile(artifact, await readManifest(artifact), 'lists')))
  }
  const [id, k] = key.split('@')
  const shared = { test, metric: findMetric(id as MetricId) as ListMetric, k: Number(k) }
  return (members: Uint32Array): Judged => {
    const isMember = new Uint8Array(test.items)
    for (const item of members) isMember[item] = 1
    const within = casesWithin(cases, isMember)
    return { users: within.users, values: lists.map((own) => judgeWithin({ ...shared, lists: own }, within)) }
  }
}

function worstFirst({ users, values }: Judged, { settings, detail }: SegmentsTask): SegmentsFound['users'] {
  const sign = settings.direction === 'higher' ? 1 : -1
  const [first, second] = values
  const behind = (at: number) => sign * (first[at] - second[at])
  const order = [...users.keys()].sort((a, b) => behind(a) - behind(b) || a - b)
  const worst = order.slice(0, detail ?? 0).map((at) => ({ index: users[at], values: values.map((own) => own[at]) }))
  return { total: users.length, worst }
}
