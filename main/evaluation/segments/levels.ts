import type { SegmentLevel, SegmentName } from '../../contract/segments'
import { longTail } from '../../data/long-tail'
import { type Segment, segmentOf } from './segment'

/** Users with up to `most` known interactions, and the others. */
export function byWarmth(counts: Uint32Array, most: number): Segment[] {
  return byCuts(counts, [
    ['cold', most],
    ['warm', Number.POSITIVE_INFINITY],
  ])
}

/**
 * Users in three parts by their known interactions, cut where a third and two thirds of `judged` have no more. Equal
 * numbers are never torn apart, so that a part may be larger than the others, or missing.
 */
export function byActivity(counts: Uint32Array, judged: Uint32Array): Segment[] {
  const sorted = judged.map((user) => counts[user]).sort()
  const cut = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return byCuts(counts, [
    ['light', cut(1 / 3)],
    ['middle', cut(2 / 3)],
    ['heavy', Number.POSITIVE_INFINITY],
  ])
}

/** Each level holds the counts above the level before, up to its own end; empty ones are left out. */
function byCuts(counts: Uint32Array, levels: readonly (readonly [SegmentLevel, number])[]): Segment[] {
  const largest = counts.reduce((most, count) => Math.max(most, count), 0)
  return levels.flatMap(([level, to], at) => {
    const from = at === 0 ? 0 : levels[at - 1][1] + 1
    const name: SegmentName = { kind: 'level', level, from, to: Math.min(to, largest) }
    const segment = segmentOf(name, counts.length, (index) => counts[index] >= from && counts[index] <= to)
    return segment.members.length > 0 ? [segment] : []
  })
}

/**
 * Items by training interactions, as `longTail` parts them: of items with as many interactions those with the lower
 * index are the more popular. Items without any are a segment of their own.
 */
export function byPopularity(counts: Uint32Array): Segment[] {
  const order = Uint32Array.from(counts.keys()).filter((item) => counts[item] > 0)
  order.sort((a, b) => counts[b] - counts[a] || a - b)
  const levels = new Map<number, number>()
  for (const item of order.toReversed()) levels.set(counts[item], (levels.get(counts[item]) ?? 0) + 1)
  const { head, tail } = longTail([...levels].map(([interactions, members]) => ({ interactions, members })))
  const part = (level: SegmentLevel, from: number, to: number): Segment[] => {
    const items = order.slice(from, to)
    if (items.length === 0) return []
    const name: SegmentName = { kind: 'level', level, from: counts[items[items.length - 1]], to: counts[items[0]] }
    return [{ name, members: items.sort() }]
  }
  const unseen = segmentOf(
    { kind: 'level', level: 'unseen', from: 0, to: 0 },
    counts.length,
    (item) => counts[item] === 0,
  )
  return [
    ...part('head', 0, head.count),
    ...part('torso', head.count, order.length - tail.count),
    ...part('tail', order.length - tail.count, order.length),
    ...(unseen.members.length > 0 ? [unseen] : []),
  ]
}
