import type { Exploration } from '../../contract/exploration'
import type { Filter } from '../../contract/filters'
import { describeFilter, type Known } from './conditions'
import { createFormats } from './formats'
import { data, html } from './markup'
import { sections } from './sections'
import { style } from './style'
import { fill, type ReportTexts } from './texts'

export interface ReportRequest {
  /** The dataset's name. */
  name: string
  exploration: Exploration
  /** Steps of the recipe that the data went through. */
  steps: number
  filters: readonly Filter[]
  selectionName(id: string): string
  texts: ReportTexts
  /** A tag of BCP 47, for numbers and dates. */
  language: string
  /** Seconds since 1970. */
  madeAt: number
}

/** An exploration as one HTML page that needs nothing else: no script, no style sheet, no picture, no network. */
export function profileReport(request: ReportRequest): string {
  const { name, exploration, steps, filters, selectionName, texts, language, madeAt } = request
  const formats = createFormats(language)
  const title = fill(texts.title, { name })
  const isDate: Known['attributeIsDate'] = (of, name) =>
    exploration.attributes?.find((found) => found.of === of && found.name === name)?.type === 'date'
  const known = { selectionName, attributeIsDate: isDate }
  const conditions = filters.map((filter) => html`<li>${data(describeFilter(filter, texts, formats, known))}</li>`)
  const page = html`<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${style}
</head>
<body>
<h1>${data(title)}</h1>
<p>${fill(texts.made, { date: formats.moment(madeAt) })}</p>
${steps > 0 ? html`<p>${fill(texts.recipe, { count: formats.count(steps) })}</p>` : null}
${conditions.length > 0 ? html`<p>${texts.filters}:</p><ul>${conditions}</ul>` : null}
<main>${sections.map((section) => section(exploration, { texts, formats }))}</main>
</body>
</html>
`
  return `<!doctype html>\n${page.text}`
}
