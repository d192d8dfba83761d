import type { Significance } from '../../contract/comparison'
import { metrics } from '../../evaluation/metrics/registry'
import type { ExportSource, ReportFacts } from '../formats/format'
import { barChart } from '../profile-report/charts'
import { type Content, data, html, type Markup } from '../profile-report/markup'
import { style } from '../profile-report/style'
import { fill } from '../profile-report/texts'
import { curveChart } from './curve'
import type { ExplainedList } from './explained-lists'
import { type ReportTexts, reportTexts } from './texts'
import { type ReportWords, wordsIn } from './words'

/** A run as one HTML page that needs nothing else: no script, no style sheet, no picture, no network. */
export async function runReport(source: ExportSource, lists: readonly ExplainedList[]): Promise<string> {
  const { about, settings } = source
  const words = await wordsIn(settings.language)
  const texts = reportTexts[settings.language]
  const title = fill(texts.title, { name: about.run })
  const facts = about.report
  const page = html`<html lang="${settings.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${style}
</head>
<body>
<h1>${data(title)}</h1>
<p>${fill(texts.made, { version: about.version })} ${about.pseudonymised.length > 0 ? texts.notes : null}</p>
<main>
${dataSection(source, texts)}
${recipeSection(source, texts)}
${modelSection(source, texts, words)}
${facts ? boardSection(facts, source, texts) : null}
${facts ? curvesOf(facts, texts) : null}
${listSection(lists, texts)}
${formulaSection(source, texts, words)}
${versionSection(source, texts)}
</main>
</body>
</html>
`
  return `<!doctype html>\n${page.text}`
}

const section = (title: string, ...content: Content[]) => html`<section><h2>${title}</h2>${content}</section>`

type Row = readonly Content[]

function table(header: readonly string[], rows: readonly Row[]): Markup {
  const lines = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)
  return html`<table><thead><tr>${header.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>${lines}</tbody></table>`
}

function dataSection({ about, prepared }: ExportSource, texts: ReportTexts): Markup {
  const { train, foldIn, validation, test, userIds, itemIds } = prepared
  const parts = Object.entries({ train, 'fold-in': foldIn, validation, test }) as [
    keyof ReportTexts['parts'],
    typeof train | null,
  ][]
  const counts = parts.flatMap(([name, part]) =>
    part ? [[fill(texts.interactions, { part: texts.parts[name] }), part.itemIndices.length]] : [],
  )
  const rows: Row[] = [
    [texts.dataset, data(about.dataset)],
    [texts.users, userIds.length],
    [texts.items, itemIds.length],
    ...counts,
  ]
  return section(texts.data, table([texts.parameter, texts.value], rows))
}

/** Cleaning and split as the experiment file says them. */
function recipeSection({ about }: ExportSource, texts: ReportTexts): Markup | null {
  const facts = about.report
  if (!facts) return null
  return section(texts.recipe, html`<pre>${JSON.stringify({ clean: facts.clean, split: facts.split }, null, 2)}</pre>`)
}

function modelSection({ model, manifest }: ExportSource, texts: ReportTexts, { say }: ReportWords): Markup {
  const rows = Object.entries(manifest.params).map(([name, value]) => [name, String(value)])
  return section(
    `${texts.model}: ${say(model.name)}`,
    html`<p>${say(model.summary)}</p><p>${say(model.assumes)}</p><p>${say(model.suits)}</p>`,
    table([texts.parameter, texts.value], rows),
  )
}

/** Metrics of the leaderboard, at the cutoff that runs are compared at. */
const mostColumns = 6

const digits = (value: number | undefined) => (value === undefined ? '' : value.toFixed(4))

function boardSection({ runs, comparison }: ReportFacts, { manifest }: ExportSource, texts: ReportTexts): Markup {
  const all = Object.keys(manifest.metrics)
  const key = comparison?.metric ?? all[0] ?? ''
  // A page is as wide as it is: more stands in the artifact's manifest.
  const keys = all.filter((name) => name.split('@')[1] === key.split('@')[1]).slice(0, mostColumns)
  const rows = runs.map(({ name, metrics: own }) => [data(name), ...keys.map((key) => digits(own[key]))])
  const bars = runs.map(({ name, metrics: own }) => {
    const value = own[key] ?? 0
    return { label: name, count: Math.round(Math.max(0, value) * 1e6), text: `${name}: ${digits(value)}` }
  })
  const chart = bars.length > 1 ? html`<figure><figcaption>${key}</figcaption>${barChart(key, bars)}</figure>` : null
  const board = html`<div class="scroll">${table([texts.run, ...keys], rows)}</div>`
  return section(
    texts.board,
    board,
    chart,
    comparison ? comparisonOf(comparison, runs, texts) : html`<p>${texts.alone}</p>`,
  )
}

function comparisonOf(found: Significance, runs: ReportFacts['runs'], texts: ReportTexts): Markup {
  const nameOf = (id: string) => runs.find((run) => run.id === id)?.name ?? id
  const { metric, users, level, resamples, test } = found
  const rows = found.pairs.map(({ runId, difference, interval, corrected }) => [
    data(nameOf(runId)),
    digits(difference),
    `${digits(interval.from)} – ${digits(interval.to)}`,
    corrected < 0.0001 ? '< 0.0001' : digits(corrected),
  ])
  const heading = fill(texts.against, { name: nameOf(found.reference), metric, users: String(users) })
  const names = [texts.run, texts.difference, fill(texts.interval, { level: String(100 * level) }), texts.p]
  const note = fill(texts.sure, { resamples: String(resamples), test })
  return html`<p>${data(heading)}</p>${table(names, rows)}<p>${note}</p>`
}

function curvesOf({ curve }: ReportFacts, texts: ReportTexts): Markup[] {
  const keys = [...new Set(curve.flatMap(({ values }) => Object.keys(values)))]
  return keys.flatMap((key) => {
    const points = curve.flatMap(({ epoch, values }) =>
      Number.isFinite(values[key]) ? [[epoch, values[key]] as const] : [],
    )
    if (points.length < 2) return []
    const title = fill(texts.curve, { key })
    return [section(title, html`<figure>${curveChart(title, points)}</figure>`)]
  })
}

function listSection(lists: readonly ExplainedList[], texts: ReportTexts): Markup | null {
  if (lists.length === 0) return null
  const users = lists.map(({ user, history, entries }) => {
    const rows = entries.map(({ name, score, isHit, reasons }, at) => [
      at + 1,
      html`${data(name)} ${isHit ? html`<b>${texts.hit}</b>` : null}`,
      digits(score),
      reasons.map((reason) => html`${data(reason.name)} (${digits(reason.amount)}) `),
    ])
    const names = [texts.rank, texts.item, texts.score, texts.because]
    const heading = data(fill(texts.user, { user }))
    return html`<h3>${heading}</h3><p>${texts.history}: ${data(history.join(', '))}</p>${table(names, rows)}`
  })
  return section(texts.lists, users)
}

function formulaSection({ model, manifest }: ExportSource, texts: ReportTexts, words: ReportWords): Markup {
  const ids = new Set(Object.keys(manifest.metrics).map((key) => key.split('@')[0]))
  const rows = metrics
    .filter(({ id }) => ids.has(id))
    .map(words.metric)
    .map(({ name, formula }) => [name, formula])
  return section(
    texts.formulas,
    html`<p>${words.say(model.name)}: ${model.source}</p>`,
    table([texts.metric, texts.formula], rows),
  )
}

function versionSection({ about, manifest }: ExportSource, texts: ReportTexts): Markup {
  const files = Object.entries(manifest.files).map(([file, { sha256 }]) => [fill(texts.file, { file }), sha256])
  return section(
    texts.versions,
    table(
      [texts.parameter, texts.value],
      [
        [texts.version, about.version],
        [texts.seed, manifest.seed],
        [texts.device, manifest.device],
        [texts.trained, manifest.createdAt],
        [texts.prepared, manifest.prepared],
        ...files,
      ],
    ),
  )
}
