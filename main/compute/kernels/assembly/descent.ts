import { draw, seedDraws } from './draws'
import { sigmoid, softplus } from './logistic'
import { dot } from './vectors'

// Stochastic gradient descent by strata: in round r the chunk of user stratum n works on the items of stratum (n + r)
// modulo their number, so that no two chunks of a round touch the same user or the same item, and results are the same
// at any number of threads. Users stand by stratum in (userOffsets, users); `itemStrata` has the stratum of each item.
// Histories are rows by user in (offsets, items), ascending.

/** left += rate (error x right - regularization x left), and the same the other way, from the values before. */
// @ts-ignore: decorator
@inline
function move(left: usize, right: usize, rowBytes: usize, rate: f32, error: f32, regularization: f32): void {
  const step = f32x4.splat(rate * error)
  const keep = f32x4.splat(1 - rate * regularization)
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const x = v128.load(left + at)
    const y = v128.load(right + at)
    v128.store(left + at, f32x4.add(f32x4.mul(keep, x), f32x4.mul(step, y)))
    v128.store(right + at, f32x4.add(f32x4.mul(keep, y), f32x4.mul(step, x)))
  }
}

// @ts-ignore: decorator
@inline
function moveBias(bias: usize, rate: f32, error: f32, regularization: f32): void {
  const value = load<f32>(bias)
  store<f32>(bias, value + rate * (error - regularization * value))
}

/**
 * Ratings as mean + user bias + item bias + product of vectors: one step for each rating of the chunk. The sum of squared
 * errors before each step goes to errors[chunk]. 8 length operations a rating.
 */
export function ratingDescentChunk(
  chunk: i32,
  _thread: i32,
  round: i32,
  strata: i32,
  userOffsets: usize,
  users: usize,
  itemStrata: usize,
  offsets: usize,
  items: usize,
  ratings: usize,
  userFactors: usize,
  itemFactors: usize,
  userBiases: usize,
  itemBiases: usize,
  length: i32,
  mean: f32,
  rate: f32,
  regularization: f32,
  errors: usize,
): void {
  const rowBytes = <usize>length << 2
  const stratum = <u32>((chunk + round) % strata)
  const end = load<u32>(userOffsets + (<usize>chunk << 2), 4)
  let squares: f64 = 0
  for (let at = load<u32>(userOffsets + (<usize>chunk << 2)); at < end; at++) {
    const user = <usize>load<u32>(users + (<usize>at << 2)) << 2
    const userFactor = userFactors + (user >> 2) * rowBytes
    const last = <usize>load<u32>(offsets + user, 4) << 2
    for (let entry = <usize>load<u32>(offsets + user) << 2; entry < last; entry += 4) {
      const item = <usize>load<u32>(items + entry) << 2
      if (load<u32>(itemStrata + item) !== stratum) continue
      const itemFactor = itemFactors + (item >> 2) * rowBytes
      const expected =
        mean + load<f32>(userBiases + user) + load<f32>(itemBiases + item) + dot(userFactor, itemFactor, length)
      const error = load<f32>(ratings + entry) - expected
      squares += <f64>error * <f64>error
      moveBias(userBiases + user, rate, error, regularization)
      moveBias(itemBiases + item, rate, error, regularization)
      move(userFactor, itemFactor, rowBytes, rate, error, regularization)
    }
  }
  store<f64>(errors + (<usize>chunk << 3), squares)
}

/** Draws that a user's own item may take before a sample is given up. */
const mostDraws: i32 = 20

/**
 * Choices against items drawn at random: one step for each item of the chunk's histories and each of `negatives` items
 * that are drawn, uniformly, from the items of the stratum without the user's own. Members of strata in (memberOffsets,
 * members). Pairwise (BPR) the difference of the two scores is raised; otherwise (logistic loss) the score of the chosen
 * item is raised once and those of the others are lowered. states[chunk] is where its generator keeps its state; the sum
 * of losses and their number go to losses[2 chunk]. 12 length operations a negative.
 */
export function choiceDescentChunk(
  chunk: i32,
  _thread: i32,
  round: i32,
  strata: i32,
  userOffsets: usize,
  users: usize,
  itemStrata: usize,
  memberOffsets: usize,
  members: usize,
  offsets: usize,
  items: usize,
  userFactors: usize,
  itemFactors: usize,
  userBiases: usize,
  itemBiases: usize,
  length: i32,
  rate: f32,
  regularization: f32,
  negatives: i32,
  isPairwise: i32,
  seed: u32,
  states: usize,
  losses: usize,
): void {
  const rowBytes = <usize>length << 2
  const stratum = <u32>((chunk + round) % strata)
  const firstMember = load<u32>(memberOffsets + (<usize>stratum << 2))
  const memberCount = load<u32>(memberOffsets + (<usize>stratum << 2), 4) - firstMember
  const state = states + (<usize>chunk << 3)
  seedDraws(state, seed, <u32>(round * strata + chunk))
  const end = load<u32>(userOffsets + (<usize>chunk << 2), 4)
  let loss: f64 = 0
  let count: f64 = 0
  for (let at = load<u32>(userOffsets + (<usize>chunk << 2)); at < end; at++) {
    const user = <usize>load<u32>(users + (<usize>at << 2)) << 2
    const vector = userFactors + (user >> 2) * rowBytes
    const bias = userBiases + user
    const first = <usize>load<u32>(offsets + user) << 2
    const last = <usize>load<u32>(offsets + user, 4) << 2
    for (let entry = first; entry < last; entry += 4) {
      const item = <usize>load<u32>(items + entry) << 2
      if (load<u32>(itemStrata + item) !== stratum) continue
      const chosen = itemFactors + (item >> 2) * rowBytes
      if (isPairwise === 0) {
        loss += step(vector, chosen, bias, itemBiases + item, rowBytes, 1, rate, regularization)
        count += 1
      }
      for (let n = 0; n < negatives; n++) {
        const other = drawOther(state, members + (<usize>firstMember << 2), memberCount, items + first, items + last)
        if (other < 0) continue
        const place = <usize>other << 2
        const against = itemFactors + (place >> 2) * rowBytes
        loss +=
          isPairwise === 0
            ? step(vector, against, bias, itemBiases + place, rowBytes, 0, rate, regularization)
            : stepPair(vector, chosen, against, itemBiases + item, itemBiases + place, rowBytes, rate, regularization)
        count += 1
      }
    }
  }
  store<f64>(losses + (<usize>chunk << 4), loss)
  store<f64>(losses + (<usize>chunk << 4), count, 8)
}

/** One score towards 1 or 0; answers its loss before. */
function step(
  user: usize,
  item: usize,
  userBias: usize,
  itemBias: usize,
  rowBytes: usize,
  label: f32,
  rate: f32,
  regularization: f32,
): f32 {
  const score = load<f32>(userBias) + load<f32>(itemBias) + dot(user, item, <i32>(rowBytes >> 2))
  const error = label - sigmoid(score)
  moveBias(userBias, rate, error, regularization)
  moveBias(itemBias, rate, error, regularization)
  move(user, item, rowBytes, rate, error, regularization)
  return softplus(label > 0 ? -score : score)
}

/** The chosen item's score away from the other's; answers the loss before. */
function stepPair(
  user: usize,
  chosen: usize,
  other: usize,
  chosenBias: usize,
  otherBias: usize,
  rowBytes: usize,
  rate: f32,
  regularization: f32,
): f32 {
  const length = <i32>(rowBytes >> 2)
  const difference =
    load<f32>(chosenBias) - load<f32>(otherBias) + dot(user, chosen, length) - dot(user, other, length)
  const error = sigmoid(-difference)
  moveBias(chosenBias, rate, error, regularization)
  moveBias(otherBias, rate, -error, regularization)
  const step = f32x4.splat(rate * error)
  const keep = f32x4.splat(1 - rate * regularization)
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const vector = v128.load(user + at)
    const left = v128.load(chosen + at)
    const right = v128.load(other + at)
    const move = f32x4.mul(step, vector)
    v128.store(user + at, f32x4.add(f32x4.mul(keep, vector), f32x4.mul(step, f32x4.sub(left, right))))
    v128.store(chosen + at, f32x4.add(f32x4.mul(keep, left), move))
    v128.store(other + at, f32x4.sub(f32x4.mul(keep, right), move))
  }
  return softplus(-difference)
}

/** An item of `members` that is not in the ascending row from `first` to `last`; -1 where none was found. */
export function drawOther(state: usize, members: usize, count: u32, first: usize, last: usize): i32 {
  for (let draws = 0; draws < mostDraws; draws++) {
    const item = load<u32>(members + (<usize>(((<u64>draw(state)) * <u64>count) >> 32) << 2))
    let low = first
    let high = last
    while (low < high) {
      const middle = (low + ((high - low) >> 1)) & ~3
      if (load<u32>(middle) < item) low = middle + 4
      else high = middle
    }
    if (low >= last || load<u32>(low) !== item) return <i32>item
  }
  return -1
}
