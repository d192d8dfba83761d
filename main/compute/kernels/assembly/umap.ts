import { draw, seedDraws } from './draws'

// The layout of UMAP (McInnes, Healy and Melville 2018): an epoch moves every point towards its neighbours and away from
// points drawn at random. A chunk reads where everybody was after the epoch before and moves its own points alone.

/** Steps of the tables in each doubling of a squared distance, and the doublings that they have, from 2^-24 on. */
const stepBits: u32 = 6
const firstExponent: u32 = 103
const doublings: u32 = 48

/** The largest part of a move along an axis, before it is multiplied by the learning rate. */
const limit: f32 = 4

// @ts-ignore: decorator
@inline
function lookUp(table: usize, squared: f32): f32 {
  const bits = reinterpret<u32>(squared)
  const place = (bits >> (23 - stepBits)) - (firstExponent << stepBits)
  if (<i32>place < 0) return load<f32>(table)
  const last: u32 = (doublings << stepBits) - 1
  if (place >= last) return load<f32>(table + (<usize>last << 2))
  const share = <f32>(bits & ((1 << (23 - stepBits)) - 1)) * (1.0 / <f32>(1 << (23 - stepBits)))
  const start = table + (<usize>place << 2)
  const from = load<f32>(start)
  return from + share * (load<f32>(start, 4) - from)
}

// @ts-ignore: decorator
@inline
function clip(value: f32): f32 {
  return max<f32>(-limit, min<f32>(limit, value))
}

/**
 * One epoch from the positions `from` to `to`, both as x, y. A neighbour pulls in every epoch that ends one of its
 * `periods`, twice since the edge counts for both its ends, and `negatives` points push. `pull` and `push` are tables of
 * the factor of a difference by its squared length.
 */
export function umapChunk(
  chunk: i32,
  thread: i32,
  points: i32,
  from: usize,
  to: usize,
  offsets: usize,
  neighbours: usize,
  periods: usize,
  pull: usize,
  push: usize,
  epoch: i32,
  rate: f32,
  negatives: i32,
  seed: u32,
  states: usize,
  chunkPoints: i32,
): void {
  const state = states + (<usize>thread << 3)
  const end = min((chunk + 1) * chunkPoints, points)
  for (let point = chunk * chunkPoints; point < end; point++) {
    let x = load<f32>(from + (<usize>point << 3))
    let y = load<f32>(from + (<usize>point << 3), 4)
    seedDraws(state, seed + <u32>epoch, point)
    const row = offsets + (<usize>point << 2)
    const last = <usize>load<u32>(row, 4) << 2
    for (let at = <usize>load<u32>(row) << 2; at < last; at += 4) {
      const period = load<f32>(periods + at)
      if (floor<f32>(<f32>epoch / period) <= floor<f32>(<f32>(epoch - 1) / period)) continue
      const other = from + (<usize>load<u32>(neighbours + at) << 3)
      const dx = x - load<f32>(other)
      const dy = y - load<f32>(other, 4)
      const factor = lookUp(pull, dx * dx + dy * dy)
      x += 2 * rate * clip(factor * dx)
      y += 2 * rate * clip(factor * dy)
      for (let time = 0; time < negatives; time++) {
        const drawn = <u32>((<u64>draw(state) * <u64>points) >> 32)
        if (drawn === point) continue
        const stranger = from + (<usize>drawn << 3)
        const ex = x - load<f32>(stranger)
        const ey = y - load<f32>(stranger, 4)
        const away = lookUp(push, ex * ex + ey * ey)
        x += rate * clip(away * ex)
        y += rate * clip(away * ey)
      }
    }
    store<f32>(to + (<usize>point << 3), x)
    store<f32>(to + (<usize>point << 3), y, 4)
  }
}
