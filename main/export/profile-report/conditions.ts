import type { Filter } from '../../contract/filters'
import type { Formats } from './formats'
import { fill, type ReportTexts } from './texts'

/** A filter in words. `nameOf` knows the names of selections. */
export function describeFilter(
  filter: Filter,
  texts: ReportTexts,
  formats: Formats,
  nameOf: (selectionId: string) => string,
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
      const isRange = filter.from !== undefined || filter.to !== undefined
      const range = isRange ? describeRange(filter, texts, formats.value) : ''
      return say({ of: texts[filter.of], name: filter.name, values: filter.values?.join(', ') ?? '', range }).trim()
    }
    case 'selection':
      return say({ name: nameOf(filter.selectionId) })
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
