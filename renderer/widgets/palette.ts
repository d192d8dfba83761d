/**
 * The categorical palette, for runs above all. Every pair differs by at least 7 (100 x the OKLab distance) in normal
 * sight and in simulated protanopia and deuteranopia, and every colour can carry text on its ground (contrast 4.5).
 */
export const palette = {
  light: ['#1e75dd', '#9c5c03', '#1a7e50', '#d43c59', '#6738b7', '#065976', '#634f1f', '#6f7688'],
  dark: ['#3c8dfd', '#f69424', '#56d1a6', '#ec4b3f', '#d3a8ff', '#a9edfa', '#e8eb8e', '#85868e'],
} as const

export type Scheme = keyof typeof palette

/** The surfaces and inks that both Mantine and the charts use; `shade` is what lies behind the data. */
export const surfaces = {
  light: {
    ground: '#f6f7f9',
    panel: '#ffffff',
    line: '#e1e5ea',
    shade: '#d5dae2',
    ink: '#1b2430',
    dim: '#5a6573',
    chip: '#eef1f5',
  },
  dark: {
    ground: '#11151b',
    panel: '#181d25',
    line: '#2d3541',
    shade: '#3a4452',
    ink: '#e6eaf0',
    dim: '#9aa5b4',
    chip: '#252c37',
  },
} as const

/** From little to much, in one hue whose lightness alone tells the order. */
export const ramp = {
  light: ['#eef3fc', '#b9cef5', '#7ba2ea', '#3f71cf', '#1d459b', '#0d2359'],
  dark: ['#1c2432', '#22396a', '#2f5bb0', '#4f86e6', '#8fb4fb', '#dbe7ff'],
} as const

/** From below the middle to above it: two hues that every kind of sight tells apart, under the scheme's ink. */
export const diverging = {
  light: ['#e8a368', '#f4f5f7', '#8db0ee'],
  dark: ['#7a3b1d', '#20262f', '#28529c'],
} as const

/** How a place in the palette looks: its colour and, from the second round on, its dashes. */
export function lineStyle(place: number, scheme: Scheme): { color: string; dash: 'solid' | 'dashed' | 'dotted' } {
  const colours = palette[scheme]
  const rounds = ['solid', 'dashed', 'dotted'] as const
  return {
    color: colours[place % colours.length],
    dash: rounds[Math.floor(place / colours.length) % rounds.length],
  }
}
