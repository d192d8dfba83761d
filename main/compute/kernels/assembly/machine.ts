import { seedDraws } from './draws'
import { drawOther } from './descent'
import { sigmoid, softplus } from './logistic'
import { addScaled, dot } from './vectors'

// Factorisation machine of second order: y = w0 + sum of w x + sum over pairs of x x' (v . v') over the columns that are
// not zero. Those of users and of items stand in lists of rows (offsets, columns, values), their own column among them.
// With s the sum of x v of a list and own = sum of w x + (|s|² - sum of x² |v|²) / 2, y = w0 + own_u + own_i + s_u . s_i.

const squared: i32 = 0
const logistic: i32 = 1

/**
 * One step for each interaction of the users from `first` to `end`, one after the other, and for losses of choices each
 * of `negatives` drawn `members`; lists share columns, so this is not cut into chunks. Losses: 0 squared errors of
 * `ratings`, 1 logistic, 2 pairwise (BPR). `scratch` holds 4 vectors; losses and their number are added to `told`.
 * About 6 length operations for each entry of the two lists.
 */
export function machineDescentChunk(
  _chunk: i32,
  _thread: i32,
  first: i32,
  end: i32,
  offsets: usize,
  items: usize,
  ratings: usize,
  userOffsets: usize,
  userColumns: usize,
  userValues: usize,
  itemOffsets: usize,
  itemColumns: usize,
  itemValues: usize,
  weights: usize,
  vectors: usize,
  length: i32,
  mean: f32,
  rate: f32,
  regularization: f32,
  loss: i32,
  negatives: i32,
  members: usize,
  memberCount: u32,
  seed: u32,
  state: usize,
  scratch: usize,
  told: usize,
): void {
  const rowBytes = <usize>length << 2
  const userSum = scratch
  const itemSum = scratch + rowBytes
  const otherSum = itemSum + rowBytes
  const total = otherSum + rowBytes
  seedDraws(state, seed, <u32>first)
  let sum: f64 = 0
  let count: f64 = 0
  for (let user = first; user < end; user++) {
    const from = <usize>load<u32>(offsets + (<usize>user << 2)) << 2
    const last = <usize>load<u32>(offsets + (<usize>user << 2), 4) << 2
    for (let entry = from; entry < last; entry += 4) {
      const item = <i32>load<u32>(items + entry)
      for (let n = loss === logistic ? -1 : 0; n < (loss === squared ? 1 : negatives); n++) {
        let other: i32 = -1
        if (n >= 0 && loss !== squared) {
          other = drawOther(state, members, memberCount, items + from, items + last)
          if (other < 0) continue
        }
        count += 1
        const own = sumList(userSum, userOffsets, userColumns, userValues, user, weights, vectors, length)
        if (loss > logistic) {
          const chosen = sumList(itemSum, itemOffsets, itemColumns, itemValues, item, weights, vectors, length)
          const against = sumList(otherSum, itemOffsets, itemColumns, itemValues, other, weights, vectors, length)
          const difference = chosen - against + dot(userSum, itemSum, length) - dot(userSum, otherSum, length)
          const error = sigmoid(-difference)
          sum += softplus(-difference)
          subtract(total, itemSum, otherSum, rowBytes)
          moveList(userOffsets, userColumns, userValues, user, weights, vectors, total, 0, length, rate, error, 0, regularization)
          add(total, userSum, itemSum, rowBytes)
          moveList(itemOffsets, itemColumns, itemValues, item, weights, vectors, total, 1, length, rate, error, error, regularization)
          add(total, userSum, otherSum, rowBytes)
          moveList(itemOffsets, itemColumns, itemValues, other, weights, vectors, total, 1, length, rate, -error, -error, regularization)
          continue
        }
        const judged = other < 0 ? item : other
        const against = sumList(itemSum, itemOffsets, itemColumns, itemValues, judged, weights, vectors, length)
        const score = own + against + dot(userSum, itemSum, length)
        let error: f32
        if (loss === squared) {
          error = load<f32>(ratings + entry) - mean - score
          sum += <f64>error * <f64>error
        } else {
          const label: f32 = other < 0 ? 1 : 0
          error = label - sigmoid(score)
          sum += softplus(other < 0 ? -score : score)
        }
        add(total, userSum, itemSum, rowBytes)
        moveList(userOffsets, userColumns, userValues, user, weights, vectors, total, 1, length, rate, error, error, regularization)
        moveList(itemOffsets, itemColumns, itemValues, judged, weights, vectors, total, 1, length, rate, error, error, regularization)
      }
    }
  }
  store<f64>(told, load<f64>(told) + sum)
  store<f64>(told, load<f64>(told, 8) + count, 8)
}

/** For a chunk of rows of lists their sums s, row by row, and what they score by themselves. */
export function machineSumsChunk(
  chunk: i32,
  _thread: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  rows: i32,
  weights: usize,
  vectors: usize,
  length: i32,
  sums: usize,
  scores: usize,
  chunkRows: i32,
): void {
  const end = min((chunk + 1) * chunkRows, rows)
  for (let row = chunk * chunkRows; row < end; row++) {
    const target = sums + <usize>row * (<usize>length << 2)
    const own = sumList(target, offsets, columns, values, row, weights, vectors, length)
    store<f32>(scores + (<usize>row << 2), own)
  }
}

function sumList(
  target: usize,
  offsets: usize,
  columns: usize,
  values: usize,
  row: i32,
  weights: usize,
  vectors: usize,
  length: i32,
): f32 {
  const rowBytes = <usize>length << 2
  const last = <usize>load<u32>(offsets + (<usize>row << 2), 4) << 2
  let linear: f32 = 0
  let squares: f32 = 0
  memory.fill(target, 0, rowBytes)
  for (let entry = <usize>load<u32>(offsets + (<usize>row << 2)) << 2; entry < last; entry += 4) {
    const column = <usize>load<u32>(columns + entry)
    const value = load<f32>(values + entry)
    const vector = vectors + column * rowBytes
    linear += value * load<f32>(weights + (column << 2))
    squares += value * value * dot(vector, vector, length)
    addScaled(target, value, vector, length)
  }
  return linear + (dot(target, target, length) - squares) / 2
}

/**
 * For each entry of a list: w += rate (weightError x - regularization w) and v += rate (error x (total - own x v) -
 * regularization v), `own` 1 or 0.
 */
function moveList(
  offsets: usize,
  columns: usize,
  values: usize,
  row: i32,
  weights: usize,
  vectors: usize,
  total: usize,
  own: f32,
  length: i32,
  rate: f32,
  error: f32,
  weightError: f32,
  regularization: f32,
): void {
  const rowBytes = <usize>length << 2
  const last = <usize>load<u32>(offsets + (<usize>row << 2), 4) << 2
  for (let entry = <usize>load<u32>(offsets + (<usize>row << 2)) << 2; entry < last; entry += 4) {
    const column = <usize>load<u32>(columns + entry)
    const value = load<f32>(values + entry)
    const weight = weights + (column << 2)
    store<f32>(weight, load<f32>(weight) + rate * (weightError * value - regularization * load<f32>(weight)))
    const keep = f32x4.splat(1 - rate * (regularization + own * error * value * value))
    const step = f32x4.splat(rate * error * value)
    const vector = vectors + column * rowBytes
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const moved = f32x4.add(f32x4.mul(keep, v128.load(vector + at)), f32x4.mul(step, v128.load(total + at)))
      v128.store(vector + at, moved)
    }
  }
}

function add(target: usize, left: usize, right: usize, rowBytes: usize): void {
  for (let at: usize = 0; at < rowBytes; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(left + at), v128.load(right + at)))
  }
}

function subtract(target: usize, left: usize, right: usize, rowBytes: usize): void {
  for (let at: usize = 0; at < rowBytes; at += 16) {
    v128.store(target + at, f32x4.sub(v128.load(left + at), v128.load(right + at)))
  }
}
