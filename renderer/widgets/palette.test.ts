import { describe, expect, test } from 'vitest'
import { paletteSize } from '../state/colours'
import { lineStyle, palette, type Scheme, surfaces } from './palette'

type Triple = [number, number, number]

/** Machado, Oliveira and Fernandes 2009, full severity, on linear RGB. */
const sights: Record<string, [Triple, Triple, Triple]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
}

describe.each<Scheme>(['light', 'dark'])('the %s palette', (scheme) => {
  const colours = palette[scheme].map(linear)

  test('has as many colours as runs are told apart by', () => {
    expect(palette[scheme]).toHaveLength(paletteSize)
  })

  test.each(Object.keys(sights))('every pair differs in %s sight', (sight) => {
    const seen = colours.map((colour) => oklab(sights[sight].map((row) => clamp(dot(row, colour))) as Triple))
    for (let i = 0; i < seen.length; i++) {
      for (let j = 0; j < i; j++) {
        const distance = 100 * Math.hypot(...seen[i].map((value, axis) => value - seen[j][axis]))
        expect(distance, `${palette[scheme][i]} ${palette[scheme][j]}`).toBeGreaterThan(7)
      }
    }
  })

  test('every colour and ink can carry text on a panel (WCAG 2 AA)', () => {
    const { panel, ink, dim } = surfaces[scheme]
    for (const colour of [...palette[scheme], ink, dim]) {
      expect(contrast(linear(colour), linear(panel)), colour).toBeGreaterThanOrEqual(4.5)
    }
  })
})

test('a place beyond the palette repeats its colour in another dash', () => {
  expect(lineStyle(8, 'light')).toEqual({ color: lineStyle(0, 'light').color, dash: 'dashed' })
  expect(lineStyle(17, 'dark')).toEqual({ color: lineStyle(1, 'dark').color, dash: 'dotted' })
})

function linear(hex: string): Triple {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as Triple
}

/** Ottosson 2020. */
function oklab(rgb: Triple): Triple {
  const l = Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], rgb))
  const m = Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], rgb))
  const s = Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], rgb))
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], [l, m, s]),
    dot([1.9779984951, -2.428592205, 0.4505937099], [l, m, s]),
    dot([0.0259040371, 0.7827717662, -0.808675766], [l, m, s]),
  ]
}

function contrast(a: Triple, b: Triple): number {
  const luminance = (colour: Triple) => dot([0.2126, 0.7152, 0.0722], colour)
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (lighter + 0.05) / (darker + 0.05)
}

function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}
