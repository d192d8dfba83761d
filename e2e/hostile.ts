/** Texts that data may hold and that a page must show as they are. */
export const hostileTexts = {
  image: '<img src=x onerror="window.owned=1">',
  script: '<script>window.owned=2</script>',
  closing: '</td></table></script><b class="injected">bold</b>',
  formula: '=1+1',
  call: '@SUM(A1:A9)',
  minus: '-2+3',
  rightToLeft: '\u202egnp.exe\u202c',
  hebrew: 'שלום \u200fעולם',
  emoji: '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽',
  long: 'w'.repeat(10_000),
  prototype: '__proto__',
  constructor: 'constructor',
  control: 'bell\u0007escape\u001b[31mred',
  quotes: 'a "quoted" \'name\'',
  newlines: 'one\ntwo\r\nthree',
  // What i18next and ECharts would fill in or style.
  template: '{{count}} $t(app.lost) {a|b}',
} as const

const texts = Object.values(hostileTexts)

/** Ratings by hostile users of hostile items, in a field order that quotes everything; and the items' titles. */
export function hostileFiles(): { ratings: string; items: string } {
  const rows = texts.flatMap((user, place) =>
    texts.flatMap((item, at) =>
      (at * 7 + place * 5) % 11 < 6 ? [[user, item, String(1 + ((at + place) % 5)), String(1_700_000_000 + at)]] : [],
    ),
  )
  const items = texts.map((item, at) => [item, `${at}: ${item}`])
  return {
    ratings: csv([['user', 'item', 'rating', 'timestamp'], ...rows]),
    items: csv([['item', 'title'], ...items]),
  }
}

function csv(rows: string[][]): string {
  return rows.map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`).join('')
}
