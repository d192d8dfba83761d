import type { PointValues } from '../../../main/contract/projection'

// `places` has for each point of another map the same one in the first map, or a place beyond all points where there is none.

export function numbersIn(places: Uint32Array, values: Float32Array): Float32Array {
  return Float32Array.from(places, (place) => values[place] ?? Number.NaN)
}

/** Values of the first map for the points of the other one. */
export function valuesIn(places: Uint32Array, values: PointValues): PointValues {
  if (values.kind === 'number') return { kind: 'number', values: numbersIn(places, values.values) }
  const { names, codes, more } = values
  return { kind: 'category', names, codes: Uint16Array.from(places, (place) => codes[place] ?? names.length), more }
}

/** Points of the other map that are chosen in the first one, ascending. */
export function pointsIn(places: Uint32Array, selected: Uint32Array): Uint32Array {
  const chosen = new Set(selected)
  const found: number[] = []
  places.forEach((place, point) => {
    if (chosen.has(place)) found.push(point)
  })
  return Uint32Array.from(found)
}
