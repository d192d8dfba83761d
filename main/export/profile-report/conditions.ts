import type { Filter, Subject } from '../../contract/filters'
import type { Formats } from './formats'
import { fill, type ReportTexts } from './texts'

/** What a filter alone does not say. */
export interface Known {
  selectionName(id: string): string
  attributeIsDate(of: Subject, name: string): boolean
}

/** A filter in words. */
export function describeFilter(
  filter: Filter,
  texts: ReportTexts,
  formats: Formats,
  { selectionName, attributeIsDate }: Known,
): string {
  const say = (values: Record<string, string>) => fill(texts.conditions[filter.by], values)
  switch (filter.by) {
    case 'time':
      return say({ range: describeRange(filter, texts, formats.moment) })
    case 'rating':
    case 'user-interactions':
    case 'item-interactions':
      return say({ range: describeRange(filter, texts, formats.value) })
    case 'calendar':
      return say({
        weekdays: filter.weekdays?.map(formats.weekday).join(', ') ?? texts.all,
        hours: filter.hours?.join(', ') ?? texts.all,
      })
    case 'event':
      return say({ values: filter.values.join(', ') })
    case 'attribute': {
      const { of, name, values, from, to } = filter
      const written = attributeIsDate(of, name) ? formats.moment : formats.value
      const range = from === undefined && to === undefined && values ? [] : [describeRange(filter, texts, written)]
      return say({ of: texts[of], name, values: [...(values ?? []), ...range].join(', ') })
    }
    case 'selection':
      return say({ name: selectionName(filter.selectionId) })
    case 'text':
      return say({ of: texts[filter.of], text: filter.contains })
  }
}

interface Ends {
  from?: number | undefined
  to?: number | undefined
}

function describeRange({ from, to }: Ends, { range }: ReportTexts, written: (value: number) => string): string {
  const text =
    from === undefined ? (to === undefined ? range.any : range.to) : to === undefined ? range.from : range.both
  return fill(text, {
    ...(from !== undefined && { from: written(from) }),
    ...(to !== undefined && { to: written(to) }),
  })
}
