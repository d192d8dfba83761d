import type { PointValues } from '../../../main/contract/projection'
import { palette, ramp, type Scheme, surfaces } from '../../widgets/palette'
import type { Look } from './layer/point-layer'

export type Colour = readonly [red: number, green: number, blue: number]

export function rgb(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

function mixed(a: Colour, b: Colour, share: number): Colour {
  return [0, 1, 2].map((at) => Math.round(a[at] + share * (b[at] - a[at]))) as unknown as Colour
}

/** The colour of a category by its place: the palette, then the same colours paler. */
export function categoryColour(place: number, scheme: Scheme): Colour {
  const colours = palette[scheme]
  const own = rgb(colours[place % colours.length])
  return place < colours.length ? own : mixed(own, rgb(surfaces[scheme].panel), 0.45)
}

/** Whatever has no value, or is not chosen. */
export const greyOf = (scheme: Scheme): Colour => rgb(surfaces[scheme].shade)

/** Numbers of points along a scale: even steps, or steps of factors for what is long-tailed. */
export interface Scale {
  readonly from: number
  readonly to: number
  readonly isLogarithmic: boolean
}

export function scaleOf(values: Float32Array, isLogarithmic: boolean): Scale {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (Number.isNaN(value)) continue
    from = Math.min(from, value)
    to = Math.max(to, value)
  }
  return { from, to, isLogarithmic: isLogarithmic && from >= 0 }
}

/** 0 to 1. */
export function shareOf(value: number, { from, to, isLogarithmic }: Scale): number {
  if (to <= from) return 1
  if (isLogarithmic) return Math.log1p(value - from) / Math.log1p(to - from)
  return (value - from) / (to - from)
}

/** Without the end of the ramp that is hard to tell from the ground. */
export function rampColour(share: number, scheme: Scheme): Colour {
  const stops = ramp[scheme].slice(1)
  const place = Math.max(0, Math.min(1, share)) * (stops.length - 1)
  const at = Math.min(stops.length - 2, Math.floor(place))
  return mixed(rgb(stops[at]), rgb(stops[at + 1]), place - at)
}

interface LookInput {
  count: number
  /** Null: all points alike. */
  values: PointValues | null
  /** Where colours are logarithmic. */
  isLongTailed: boolean
  /** What sizes go by; null: all alike. */
  sizes: Float32Array | null
  /** Null: all are chosen. */
  selected: Uint32Array | null
  scheme: Scheme
}

export function lookOf({ count, values, isLongTailed, sizes, selected, scheme }: LookInput): Look {
  const colours = new Uint8Array(4 * count)
  const grey = greyOf(scheme)
  const isChosen = selected && flags(selected, count)
  const colour = colouring(values, isLongTailed, scheme)
  for (let point = 0; point < count; point++) {
    const own = isChosen && isChosen[point] === 0 ? null : colour(point)
    const [red, green, blue] = own ?? grey
    colours[4 * point] = red
    colours[4 * point + 1] = green
    colours[4 * point + 2] = blue
    colours[4 * point + 3] = own === null ? 0 : 255
  }
  return { colours, sizes: diameters(count, sizes) }
}

/** The colour of a point; null where it has no value. */
function colouring(
  values: PointValues | null,
  isLongTailed: boolean,
  scheme: Scheme,
): (point: number) => Colour | null {
  if (values === null) {
    const all = rgb(palette[scheme][0])
    return () => all
  }
  if (values.kind === 'category') {
    const named = values.names.map((_, place) => categoryColour(place, scheme))
    return (point) => named[values.codes[point]] ?? null
  }
  const scale = scaleOf(values.values, isLongTailed)
  const steps = Array.from({ length: 256 }, (_, at) => rampColour(at / 255, scheme))
  return (point) => {
    const value = values.values[point]
    return Number.isNaN(value) ? null : steps[Math.round(255 * shareOf(value, scale))]
  }
}

function flags(selected: Uint32Array, count: number): Uint8Array {
  const chosen = new Uint8Array(count)
  for (const point of selected) chosen[point] = 1
  return chosen
}

const usual = [
  [2000, 7],
  [20_000, 5],
  [200_000, 3.5],
  [Number.POSITIVE_INFINITY, 2],
] as const
/** How much larger the largest point is than usual, and how much smaller the smallest. */
const [smallest, largest] = [0.6, 2.6]

/** In quarters of a pixel; areas grow with what sizes go by. */
function diameters(count: number, sizes: Float32Array | null): Uint8Array {
  const base = 4 * (usual.find(([most]) => count <= most)?.[1] ?? 2)
  if (!sizes) return new Uint8Array(count).fill(base)
  const scale = scaleOf(sizes, false)
  return Uint8Array.from(sizes, (value) => {
    const share = Number.isNaN(value) ? 0 : Math.sqrt(shareOf(value, scale))
    return Math.min(255, Math.max(4, base * (smallest + (largest - smallest) * share)))
  })
}
