import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { NamedPoint, PointGroup, PointValues, ProjectionRecord } from '../../../main/contract/projection'
import { useFormat } from '../../locales/format'
import { formatRoute } from '../../state/router'
import { termText } from './group-facts'

/** The page of the item, or of the user, that a point stands for, with the map's run. */
export function addressOfPoint({ of, runId }: ProjectionRecord, { id }: Pick<NamedPoint, 'id'>): string {
  return formatRoute('users', of === 'users' ? { user: id, run: runId } : { room: 'item', item: id, run: runId })
}

/** What the colour of a point stands for, as it is read; null where nothing is known of it. */
export function useValueTexts(): (
  values: PointValues | null,
  point: number,
  labels: readonly string[],
) => string | null {
  const format = useFormat()
  return (values, point, labels) => {
    if (values === null) return null
    if (values.kind === 'category') {
      const name = values.names[values.codes[point]]
      return name === undefined ? null : [name, labels[values.codes[point]]].filter(Boolean).join(' ')
    }
    const value = values.values[point]
    return Number.isFinite(value) ? format.value(Number(value.toPrecision(3))) : null
  }
}

/** Each cluster's label by what is most telling of it; empty for one of which nothing is. */
export function useClusterLabels(groups: readonly PointGroup[] | null): string[] {
  const { t } = useTranslation()
  return useMemo(() => (groups ?? []).map(({ terms }) => (terms.length > 0 ? termText(terms[0], t) : '')), [groups, t])
}
