import type { Split } from '../../contract/experiment'
import type { Bar } from '../../contract/records'
import { type Overlap, type PartName, partNames, type SplitPicture } from '../../contract/split-preview'
import type { Interactions } from '../../models/model'
import { type Parts, presence } from '../split'

const mostIntervals = 120

/** What a split looks like, from its parts alone: nothing of size users x items, one pass over each part. */
export function pictureOf(parts: Parts, split: Split): SplitPicture {
  const named = namedParts(parts)
  const spans = recordOf((name) => spanOf(named[name]))
  const { test } = parts
  return {
    timeline: timelineOf(named, spans),
    spans,
    cuts: cutsOf(split, spans),
    overlap: overlapOf(parts),
    testSizes: testSizes(test),
    usersWithoutTest: usersWithoutTest(parts),
    repeatedAcross: repeatedAcross(parts),
    beforeLastTraining: beforeLastTraining(test, spans.train?.last),
    tied: tiedWithTraining(parts),
  }
}

type NamedParts = Record<PartName, Interactions | null>

function namedParts({ train, foldIn, validation, test }: Parts): NamedParts {
  return { train, 'fold-in': foldIn, validation, test }
}

function recordOf<T>(take: (name: PartName) => T): Record<PartName, T> {
  return Object.fromEntries(partNames.map((name) => [name, take(name)])) as Record<PartName, T>
}

function spanOf(part: Interactions | null): { first: number; last: number } | null {
  if (!part?.timestamps?.length) return null
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const time of part.timestamps) {
    if (time < first) first = time
    if (time > last) last = time
  }
  return { first, last }
}

function timelineOf(parts: NamedParts, spans: SplitPicture['spans']): SplitPicture['timeline'] {
  const known = partNames.map((name) => spans[name]).filter((span) => span !== null)
  if (known.length === 0) return null
  const from = Math.min(...known.map(({ first }) => first))
  const to = Math.max(...known.map(({ last }) => last))
  const intervals = Math.min(mostIntervals, Math.max(1, Math.ceil(to - from)))
  const counts = recordOf((name) => {
    const counted = new Array<number>(intervals).fill(0)
    for (const time of parts[name]?.timestamps ?? []) {
      counted[Math.min(intervals - 1, Math.floor(((time - from) / (to - from || 1)) * intervals))]++
    }
    return counted
  })
  return { from, to, counts }
}

/** The first interaction that a temporal rule has held out stands at its cut, or right after it. */
function cutsOf(split: Split, spans: SplitPicture['spans']): SplitPicture['cuts'] {
  const { validation } = split
  const rules = { validation: typeof validation === 'object' ? validation : null, test: split }
  return (['validation', 'test'] as const).flatMap((part) => {
    const first = spans[part]?.first
    return rules[part]?.strategy === 'temporal' && first !== undefined ? [{ part, at: first }] : []
  })
}

const overlapParts = ['train', 'validation', 'test'] as const

function overlapOf(parts: Parts): Overlap[] {
  const found = overlapParts.map((name) => {
    const part = parts[name]
    return part && presence(part)
  })
  const sets = 2 ** overlapParts.length
  const count = (of: 'users' | 'items', size: number) => {
    const counts = new Array<number>(sets).fill(0)
    for (let at = 0; at < size; at++)
      counts[found.reduce((set, part, bit) => set | ((part?.[of][at] ?? 0) << bit), 0)]++
    return counts
  }
  const users = count('users', parts.train.users)
  const items = count('items', parts.train.items)
  return Array.from({ length: sets }, (_, set) => ({
    parts: overlapParts.filter((_, bit) => set & (1 << bit)),
    users: users[set],
    items: items[set],
  }))
    .filter((region) => region.parts.length > 0 && region.users + region.items > 0)
    .sort((a, b) => a.parts.length - b.parts.length)
}

function testSizes({ users, offsets }: Interactions): Bar[] {
  const counts: number[] = []
  for (let user = 0; user < users; user++) {
    const size = offsets[user + 1] - offsets[user]
    if (size === 0) continue
    const power = Math.floor(Math.log2(size))
    counts[power] = (counts[power] ?? 0) + 1
  }
  return Array.from(counts, (count, power) => ({ from: 2 ** power, to: 2 ** (power + 1), count: count ?? 0 }))
}

function usersWithoutTest({ train, foldIn, test }: Parts): number {
  const has = (part: Interactions | null, user: number) => part !== null && part.offsets[user + 1] > part.offsets[user]
  let count = 0
  for (let user = 0; user < test.users; user++) {
    if ((has(train, user) || has(foldIn, user)) && !has(test, user)) count++
  }
  return count
}

function repeatedAcross({ train, foldIn, validation, test }: Parts): number {
  /** The last user, plus one, whose other parts have the item. */
  const seenBy = new Uint32Array(test.items)
  let count = 0
  for (let user = 0; user < test.users; user++) {
    for (const part of [train, foldIn, validation]) {
      if (!part) continue
      for (let at = part.offsets[user]; at < part.offsets[user + 1]; at++) seenBy[part.itemIndices[at]] = user + 1
    }
    for (let at = test.offsets[user]; at < test.offsets[user + 1]; at++) {
      if (seenBy[test.itemIndices[at]] === user + 1) count++
    }
  }
  return count
}

function beforeLastTraining({ timestamps }: Interactions, last: number | undefined): number | null {
  if (!timestamps) return null
  return last === undefined ? 0 : timestamps.reduce((count, time) => count + (time < last ? 1 : 0), 0)
}

function tiedWithTraining({ train, test }: Parts): number | null {
  if (!train.timestamps || !test.timestamps) return null
  let count = 0
  for (let user = 0; user < test.users; user++) {
    const times = new Set(train.timestamps.subarray(train.offsets[user], train.offsets[user + 1]))
    for (let at = test.offsets[user]; at < test.offsets[user + 1]; at++) if (times.has(test.timestamps[at])) count++
  }
  return count
}
