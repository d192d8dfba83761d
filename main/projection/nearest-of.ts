import type { Distance } from '../contract/projection'
import type { Vectors } from '../models/model'

/** The nearest other points of one point by the vectors themselves, nearest first, equally near ones by index. */
export function nearestOf(
  { count, dimensions, data }: Vectors,
  point: number,
  distance: Distance,
  most: number,
): { point: number; distance: number }[] {
  const own = data.subarray(point * dimensions, (point + 1) * dimensions)
  const ownLength = lengthOf(own)
  const found: { point: number; distance: number }[] = []
  for (let other = 0; other < count; other++) {
    if (other === point) continue
    const theirs = data.subarray(other * dimensions, (other + 1) * dimensions)
    const far = distance === 'cosine' ? 1 - cosine(own, theirs, ownLength) : Math.sqrt(squared(own, theirs))
    if (found.length === most && far >= found[most - 1].distance) continue
    let place = found.length
    while (place > 0 && found[place - 1].distance > far) place--
    found.splice(place, 0, { point: other, distance: far })
    if (found.length > most) found.pop()
  }
  return found
}

function cosine(a: Float32Array, b: Float32Array, length: number): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at]
  const both = length * lengthOf(b)
  return both > 0 ? sum / both : 0
}

function squared(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] - b[at]) ** 2
  return sum
}

function lengthOf(vector: Float32Array): number {
  let sum = 0
  for (const value of vector) sum += value * value
  return Math.sqrt(sum)
}
