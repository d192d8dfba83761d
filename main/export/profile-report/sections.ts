import type { Amounts, Bin, Exploration, ExplorationParts, LongTail, SuspiciousUser } from '../../contract/exploration'
import { barChart, heatMap, lorenzChart } from './charts'
import type { Formats } from './formats'
import { type Content, data, html, type Markup } from './markup'
import { fill, type ReportTexts } from './texts'

/** Words and numbers as the reader's language has them. */
export interface Language {
  texts: ReportTexts
  formats: Formats
}

type Section = (exploration: Exploration, language: Language) => Markup | null

/** In the order of the page. A section without data is null. */
export const sections: readonly Section[] = [
  ({ all, left }, language) => amounts(all, left, language),
  ({ tail }, language) => (tail ? longTail(tail, language) : null),
  ({ activity }, language) => (activity ? activities(activity, language) : null),
  ({ ratings }, language) => (ratings ? ratingSection(ratings, language) : null),
  ({ time }, language) => (time ? timeSection(time, language) : null),
  ({ calendar }, language) => (calendar ? calendarSection(calendar, language) : null),
  ({ events }, language) => (events ? eventSection(events, language) : null),
  ({ attributes }, language) => (attributes?.length ? attributeSection(attributes, language) : null),
  ({ popularItems }, language) => (popularItems ? popularSection(popularItems, language) : null),
  ({ suspiciousUsers }, language) => (suspiciousUsers ? suspiciousSection(suspiciousUsers, language) : null),
]

function amounts(all: Amounts, left: Amounts, { texts, formats }: Language): Markup {
  const { count, percent, moment } = formats
  const part = (of: number, whole: number) =>
    of === whole ? count(of) : fill(texts.of, { part: count(of), whole: count(whole) })
  const facts: [string, string][] = [
    [texts.interactions, part(left.interactions, all.interactions)],
    [texts.users, part(left.users, all.users)],
    [texts.items, part(left.items, all.items)],
    [texts.density, percent(left.density)],
    [texts.repeats, `${count(left.repeats)} (${percent(left.repeats / Math.max(1, left.interactions))})`],
  ]
  if (left.firstTimestamp !== null && left.lastTimestamp !== null) {
    facts.push([texts.span, `${moment(left.firstTimestamp)} – ${moment(left.lastTimestamp)}`])
  }
  return html`<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

function longTail(tail: ExplorationParts['tail'], { texts, formats }: Language): Markup {
  const { count, percent, average } = formats
  const of = ['items', 'users'] as const
  const curves = of.map((kind) => ({
    name: `${texts[kind]}, ${texts.gini}: ${average(tail[kind].gini)}`,
    points: tail[kind].lorenz.map(({ share, interactions }) => [share, interactions] as const),
  }))
  const partRow = (kind: (typeof of)[number], part: 'head' | 'torso' | 'tail') => {
    const { interactions } = tail[kind][part]
    const share = interactions / Math.max(1, total(tail[kind]))
    return [texts[kind], texts[part], count(tail[kind][part].count), `${count(interactions)} (${percent(share)})`]
  }
  const rows = of.flatMap((kind) => (['head', 'torso', 'tail'] as const).map((part) => partRow(kind, part)))
  return section(
    texts.longTail,
    html`<p>${texts.lorenz}</p>`,
    lorenzChart(texts.lorenz, curves),
    table(['', '', texts.count, texts.interactions], rows, 2),
  )
}

function total({ head, torso, tail }: LongTail): number {
  return head.interactions + torso.interactions + tail.interactions
}

function activities(activity: ExplorationParts['activity'], language: Language): Markup {
  const { texts, formats } = language
  const titles = { users: texts.interactionsPerUser, items: texts.interactionsPerItem }
  return html`${(['users', 'items'] as const).map((kind) => {
    const { bins, mean, median, maximum } = activity[kind]
    const facts = [
      [texts.mean, mean],
      [texts.median, median],
      [texts.maximum, maximum],
    ] as const
    const note = facts.map(([name, value]) => `${name}: ${formats.average(value)}`).join(', ')
    return section(titles[kind], html`<p>${note}</p>`, histogram(titles[kind], bins, formats.count, language))
  })}`
}

function ratingSection({ bins, mean, missing }: NonNullable<Exploration['ratings']>, language: Language): Markup {
  const { texts, formats } = language
  const note = `${texts.mean}: ${mean === null ? '–' : formats.average(mean)}, ${texts.missing}: ${formats.count(missing)}`
  return section(texts.ratings, html`<p>${note}</p>`, histogram(texts.ratings, bins, formats.value, language))
}

function timeSection({ unit, bins }: NonNullable<Exploration['time']>, language: Language): Markup {
  const { texts, formats } = language
  const chart = (title: string, count: (bin: (typeof bins)[number]) => number) =>
    html`<figure><figcaption>${title}</figcaption>${barChart(
      title,
      bins.map((bin) => ({
        label: formats.period(bin.from, unit),
        count: count(bin),
        text: formats.count(count(bin)),
      })),
    )}</figure>`
  const header = [texts.from, texts.interactions, texts.newUsers, texts.newItems, texts.repeats]
  const rows = bins.map((bin) => [
    formats.period(bin.from, unit),
    ...[bin.count, bin.newUsers, bin.newItems, bin.repeats].map(formats.count),
  ])
  return section(
    texts.overTime,
    chart(texts.interactions, ({ count }) => count),
    chart(texts.newUsers, ({ newUsers }) => newUsers),
    chart(texts.newItems, ({ newItems }) => newItems),
    folded(texts, table(header, rows, 1)),
  )
}

function calendarSection(calendar: number[][], { texts, formats }: Language): Markup {
  const days = [1, 2, 3, 4, 5, 6, 7].map(formats.weekday)
  const hours = Array.from({ length: 24 }, (_, hour) => `${hour}:00`)
  const rows = calendar.map((counts, at) => [days[at], ...counts.map(formats.count)])
  return section(
    texts.calendar,
    heatMap(texts.calendar, days, calendar, formats.count),
    folded(texts, table(['', ...hours], rows, 1)),
  )
}

function eventSection(events: NonNullable<Exploration['events']>, { texts, formats }: Language): Markup {
  const rows = events.map(({ value, count }) => [data(value), formats.count(count)])
  return section(texts.events, table([texts.value, texts.interactions], rows, 1))
}

function attributeSection(attributes: ExplorationParts['attributes'], { texts, formats }: Language): Markup {
  const rows = attributes.map(({ of, name, missing, distinct, values }) => [
    texts[of],
    data(name),
    formats.count(missing),
    formats.count(distinct),
    values.slice(0, 5).map(({ value, count }) => html`${data(value)} (${formats.count(count)}) `),
  ])
  const header = ['', texts.attribute, texts.missing, texts.distinct, texts.frequent]
  return section(texts.attributes, table(header, rows, 2, 1))
}

function popularSection(items: ExplorationParts['popularItems'], { texts, formats }: Language): Markup {
  const rows = items.map(({ item, title, interactions, users, meanRating }) => [
    data(item),
    title === null ? '' : data(title),
    formats.count(interactions),
    formats.count(users),
    meanRating === null ? '' : formats.average(meanRating),
  ])
  const header = [texts.item, texts.name, texts.interactions, texts.users, texts.meanRating]
  return section(texts.popular, table(header, rows, 2))
}

function suspiciousSection(suspicions: ExplorationParts['suspiciousUsers'], language: Language): Markup {
  const { texts, formats } = language
  const { users, total, thresholds } = suspicions
  if (total === 0) return section(texts.suspicious, html`<p>${texts.none}</p>`)
  const rows = users.map((user) => [
    data(user.user),
    formats.count(user.interactions),
    reason(user, thresholds.interactions, language),
  ])
  return section(
    texts.suspicious,
    html`<p>${fill(texts.more, { count: formats.count(total) })}</p>`,
    table([texts.user, texts.interactions, texts.reason], rows, 1, 1),
  )
}

function reason(user: SuspiciousUser, usual: number, { texts, formats }: Language): string {
  switch (user.reason) {
    case 'burst':
      return fill(texts.burst, { count: formats.count(user.perMinute), time: formats.moment(user.at) })
    case 'constant-rating':
      return fill(texts['constant-rating'], { rating: formats.value(user.rating) })
    case 'many-interactions':
      return fill(texts['many-interactions'], { count: formats.count(usual) })
  }
}

function histogram(
  title: string,
  bins: readonly Bin[],
  written: (value: number) => string,
  { texts, formats }: Language,
): Markup {
  const bars = bins.map(({ from, to, count }) => ({
    label: from === to ? written(from) : `${written(from)}–${written(to)}`,
    count,
    text: formats.count(count),
  }))
  const rows = bins.map(({ from, to, count }) => [written(from), written(to), formats.count(count)])
  return html`${barChart(title, bars)}${folded(texts, table([texts.from, texts.to, texts.count], rows, 0))}`
}

function section(title: string, ...content: Markup[]): Markup {
  return html`<section><h2>${title}</h2>${content}</section>`
}

function folded(texts: ReportTexts, content: Markup): Markup {
  return html`<details><summary>${texts.table}</summary>${content}</details>`
}

/** The first `texts` columns and the last `tail` ones hold texts, the others numbers. */
function table(header: readonly string[], rows: readonly (readonly Content[])[], texts: number, tail = 0): Markup {
  const cell = (name: 'th' | 'td') => (content: Content, at: number) => {
    const isNumber = at >= texts && at < header.length - tail
    const open = name === 'th' ? html`<th scope="col"` : html`<td`
    const close = name === 'th' ? html`</th>` : html`</td>`
    return html`${open}${isNumber ? html` class="number"` : ''}>${content}${close}`
  }
  const body = rows.map((row) => html`<tr>${row.map(cell('td'))}</tr>`)
  return html`<div class="scroll"><table><thead><tr>${header.map(cell('th'))}</tr></thead><tbody>${body}</tbody></table></div>`
}
