import { createHash } from 'node:crypto'
import type { CleanStep, StepOf } from '../../../contract/clean'

export interface PlainRow {
  row: number
  user: string
  item: string
  rating: number | null
  timestamp: number | null
  event: string | null
}

/** The values of each user's or item's attributes: by name, then by id. */
export type PlainAttributes = Record<'users' | 'items', Record<string, Map<string, string[]>>>

/** Every cleaning step in loops over rows, written from its description and sharing nothing with the SQL. */
export function applyPlain(rows: PlainRow[], step: CleanStep, attributes: PlainAttributes): PlainRow[] {
  switch (step.step) {
    case 'event-weights':
      return rows.flatMap((row) => {
        const weight = row.event === null ? 0 : step.weights[row.event]
        return weight > 0 ? [{ ...row, rating: weight }] : []
      })
    case 'rating-map':
      return rows.flatMap((row) => mapRating(row, step))
    case 'rating-filter':
      return rows.filter(({ rating }) => isWithin(rating, step.min, step.max))
    case 'duplicates':
      return [...groupBy(rows, ({ user, item }) => JSON.stringify([user, item])).values()].map((same) =>
        oneOf(same, step.keep),
      )
    case 'date-range': {
      const from = step.from === undefined ? undefined : seconds(step.from)
      const isDay = typeof step.to === 'string' && step.to.length === 10
      const to = step.to === undefined ? undefined : seconds(isDay ? `${step.to}T23:59:59.999Z` : step.to)
      return rows.filter(({ timestamp }) => isWithin(timestamp, from, to))
    }
    case 'user-outliers':
      return withoutOutliers(rows, 'user', step)
    case 'item-outliers':
      return withoutOutliers(rows, 'item', step)
    case 'k-core':
      return coreOf(rows, step)
    case 'sample-users': {
      const users = [...new Set(rows.map(({ user }) => user))]
      const size = step.count ?? Math.max(1, Math.round((step.share ?? 1) * users.length))
      const order = new Map(users.map((user) => [user, md5(`${step.seed}:${user}`).toString('hex')]))
      const chosen = new Set(
        users.sort((a, b) => (String(order.get(a)) < String(order.get(b)) ? -1 : 1)).slice(0, size),
      )
      return rows.filter(({ user }) => chosen.has(user))
    }
    case 'attribute-filter': {
      const of = step.of === 'users' ? 'user' : 'item'
      const known = attributes[step.of][step.name]
      return rows.filter((row) => (known.get(row[of]) ?? []).some((value) => matches(value, step)) === step.keep)
    }
    case 'drop-columns':
      return rows.map((row) => ({ ...row, ...Object.fromEntries(step.columns.map((column) => [column, null])) }))
    case 'coarsen-time':
      return rows.map((row) => ({
        ...row,
        timestamp: row.timestamp === null ? null : beginning(row.timestamp, step.to),
      }))
    case 'noise':
      return rows.map((row) => ({ ...row, rating: row.rating === null ? null : row.rating + laplace(row.row, step) }))
  }
}

export function countPlain(rows: PlainRow[]) {
  return {
    interactions: rows.length,
    users: new Set(rows.map(({ user }) => user)).size,
    items: new Set(rows.map(({ item }) => item)).size,
  }
}

/** The content hash by its formula, with whole numbers of any size. */
export function hashPlain(rows: PlainRow[]): string {
  let [high, low] = [0n, 0n]
  for (const { user, item, rating, timestamp, event } of rows) {
    const id = (text: string) => `${Buffer.byteLength(text)}:${text}`
    const text = `${id(user)}${id(item)}r${double(rating)}t${double(timestamp)}pe${event ?? ''}`
    const digest = md5(text)
    high += digest.readBigUInt64LE(8)
    low += digest.readBigUInt64LE(0)
  }
  return createHash('sha256').update(`${rows.length},${high},${low}`).digest('hex')
}

/** As SQL writes a DOUBLE; numbers of tests are far from those that it writes with an exponent. */
function double(value: number | null): string {
  if (value === null) return ''
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

function mapRating(row: PlainRow, step: StepOf<'rating-map'>): PlainRow[] {
  const { rating } = row
  if (step.map === 'threshold') {
    if (rating !== null && rating >= step.threshold) return [{ ...row, rating: 1 }]
    return step.others === 'zero' ? [{ ...row, rating: 0 }] : []
  }
  if (rating === null) return [row]
  if (step.map !== 'clip') return [{ ...row, rating: step.map === 'ln' ? Math.log(1 + rating) : Math.log2(1 + rating) }]
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = step
  return [{ ...row, rating: Math.min(Math.max(rating, min), max) }]
}

function oneOf(same: PlainRow[], keep: StepOf<'duplicates'>['keep']): PlainRow {
  const time = ({ timestamp }: PlainRow) => timestamp ?? Number.NEGATIVE_INFINITY
  const timed = same.toSorted((a, b) => time(a) - time(b) || a.row - b.row)
  const last = timed[timed.length - 1]
  const ratings = same.toSorted((a, b) => a.row - b.row).flatMap(({ rating }) => (rating === null ? [] : [rating]))
  const sum = ratings.length === 0 ? null : ratings.reduce((total, rating) => total + rating, 0)
  if (keep === 'last') return last
  if (keep === 'first') return timed.find(({ timestamp }) => timestamp !== null) ?? timed[0]
  if (keep === 'sum') return { ...last, rating: sum }
  if (keep === 'mean') return { ...last, rating: sum === null ? null : sum / ratings.length }
  const wanted = keep === 'max' ? Math.max(...ratings) : Math.min(...ratings)
  return timed.findLast(({ rating }) => rating === wanted) ?? last
}

function withoutOutliers(rows: PlainRow[], by: 'user' | 'item', step: StepOf<'user-outliers' | 'item-outliers'>) {
  const removed = new Set<string>()
  for (const [id, own] of groupBy(rows, (row) => row[by])) {
    if (step.more_than !== undefined && own.length > step.more_than) removed.add(id)
    const times = own.flatMap(({ timestamp }) => (timestamp === null ? [] : [timestamp]))
    const most = step.per_minute
    if (most === undefined) continue
    const isFast = times.some((start) => times.filter((time) => time >= start && time < start + 60).length > most)
    if (isFast) removed.add(id)
  }
  return rows.filter((row) => !removed.has(row[by]))
}

function coreOf(rows: PlainRow[], { user, item }: StepOf<'k-core'>): PlainRow[] {
  const users = groupBy(rows, (row) => row.user)
  const items = groupBy(rows, (row) => row.item)
  const left = rows.filter((row) => sizeOf(users, row.user) >= user && sizeOf(items, row.item) >= item)
  return left.length === rows.length ? rows : coreOf(left, { step: 'k-core', user, item })
}

function sizeOf(groups: Map<string, PlainRow[]>, key: string): number {
  return groups.get(key)?.length ?? 0
}

function matches(value: string, { values, from, to }: StepOf<'attribute-filter'>): boolean {
  return values ? values.includes(value) : isWithin(Number(value), from, to)
}

function isWithin(value: number | null, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): boolean {
  return value !== null && value >= from && value <= to
}

/** By the calendar, not by arithmetic. */
function beginning(timestamp: number, unit: StepOf<'coarsen-time'>['to']): number {
  const date = new Date(timestamp * 1000)
  date.setUTCMinutes(0, 0, 0)
  if (unit !== 'hour') date.setUTCHours(0)
  if (unit === 'week') while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1)
  if (unit === 'month') date.setUTCDate(1)
  return date.getTime() / 1000
}

function laplace(row: number, { epsilon, sensitivity, seed }: StepOf<'noise'>): number {
  const bits = md5(`${seed}:${row}`).readBigUInt64LE(8) >> 11n
  const u = (Number(bits) + 0.5) / 2 ** 53
  return ((u < 0.5 ? Math.log(2 * u) : -Math.log(2 - 2 * u)) * sensitivity) / epsilon
}

function seconds(moment: number | string): number {
  return typeof moment === 'number' ? moment : new Date(moment).getTime() / 1000
}

function md5(text: string): Buffer {
  return createHash('md5').update(text).digest()
}

function groupBy<T>(rows: T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
