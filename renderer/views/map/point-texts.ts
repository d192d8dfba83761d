import type { NamedPoint, ProjectionRecord } from '../../../main/contract/projection'
import type { Format } from '../../locales/format'
import { formatRoute } from '../../state/router'
import type { Looks } from './use-looks'

/** The page of the item, or of the user, that a point stands for, with the map's run. */
export function addressOfPoint({ of, runId }: ProjectionRecord, { id }: Pick<NamedPoint, 'id'>): string {
  return formatRoute('users', of === 'users' ? { user: id, run: runId } : { room: 'item', item: id, run: runId })
}

/** What the colour of a point stands for, as it is read; null where nothing is known of it. */
export function valueTextOf(
  { values, labels, numbers }: Pick<Looks, 'values' | 'labels' | 'numbers'>,
  point: number,
  format: Format,
): string | null {
  if (values === null) return null
  if (values.kind === 'category') {
    const name = values.names[values.codes[point]]
    return name === undefined ? null : [name, labels[values.codes[point]]].filter(Boolean).join(' ')
  }
  const value = values.values[point]
  return Number.isFinite(value) ? format[numbers](value) : null
}
