import { resolve } from 'node:path'
import { TopnError } from '../contract/errors'
import type { Column, Columns, TimeFormat } from '../contract/experiment'
import type { Profile } from '../contract/records'
import { profileFile } from '../store'
import { onlyArgument, readArguments } from './arguments'
import type { Command } from './commands'
import { formatTable } from './table'

const usage = 'profile FILE|FOLDER [--user C --item C [--rating C] [--timestamp C]] [--json]'

export const profile: Command = {
  usage,
  meaning:
    'Read an interactions file, or the files of a folder, and say what is in it. C is a column: its header, or its position from 0.',
  async run(args) {
    const { values, positionals } = readArguments(usage, args, {
      user: { type: 'string' },
      item: { type: 'string' },
      rating: { type: 'string' },
      timestamp: { type: 'string' },
      json: { type: 'boolean' },
    })
    const columns = columnsOf(values)
    const found = await profileFile(resolve(onlyArgument(usage, positionals)), columns ? { columns } : {})
    console.log(values.json ? JSON.stringify(found, null, 2) : describe(found))
  },
}

function columnsOf(values: { user?: string; item?: string; rating?: string; timestamp?: string }): Columns | null {
  const { user, item, rating, timestamp } = values
  if (!user && !item && !rating && !timestamp) return null
  if (!user || !item) throw new TopnError('BAD_REQUEST', 'Name both --user and --item, or neither.', { field: 'user' })
  return {
    user: toColumn(user),
    item: toColumn(item),
    ...(rating && { rating: toColumn(rating) }),
    ...(timestamp && { timestamp: toColumn(timestamp) }),
  }
}

function toColumn(text: string): Column {
  return /^\d+$/.test(text) ? Number(text) : text
}

function describeTime(time: TimeFormat): string {
  const zone = 'zone' in time && time.zone ? time.zone : 'UTC'
  if (time.unit === 'iso') return `ISO dates; ${zone} where they say no zone`
  return time.unit === 'pattern' ? `${time.pattern}; ${zone}` : `${time.unit} since 1970, UTC`
}

function describe(found: Profile): string {
  const { counts, columns } = found
  const numbers = [
    ['interactions', found.interactions],
    ['users', found.users],
    ['items', found.items],
    ['density', found.density],
    ['repeated pairs', found.duplicates],
  ] as const
  const read = `${counts.bytes} bytes, ${counts.lines} lines: ${counts.skipped} skipped, ${counts.kept} kept, ${counts.rejected} rejected`
  const files =
    found.files.length > 1
      ? found.files.map(({ path, kept, rejected }) => `${path}: ${kept} kept, ${rejected} rejected`)
      : []
  const times = found.time === null ? [] : [`times: ${describeTime(found.time)}`]
  const table = formatTable(
    ['column', 'type', 'missing', 'distinct', 'smallest', 'largest'],
    columns.map((column) => [
      column.name,
      column.type,
      column.missing,
      column.distinct,
      column.minimum,
      column.maximum,
    ]),
  )
  return [...numbers.map(([name, value]) => `${name.padEnd(16)}${value}`), read, ...files, ...times, '', table].join(
    '\n',
  )
}
