import { addScaled, dot, scaleAndAdd, setScaled } from './vectors'

/**
 * One step of SVD++ for each rating of the users from `first` to `end`, one after the other: rating ~ mean + b_u + b_i +
 * y_i . (x_u + z_u), z_u = sum of the implicit vectors of the user's items / sqrt(their number). Steps change z_u as a
 * whole, and its items' vectors once all of the user's steps are known: with keep = 1 - rate x regularization, after n
 * steps with errors e and item vectors y an implicit vector is keep^n times itself + rate / sqrt(n) x sum of
 * keep^(n - t) e_t y_t. That is what a change of all of them at each step comes to, in 14 length operations a rating in
 * place of 4 length n. Users share the implicit vectors, so this is not cut into chunks. `scratch` holds 3 vectors; the
 * squared errors are added to `error`.
 */
export function implicitDescentChunk(
  _chunk: i32,
  _thread: i32,
  first: i32,
  end: i32,
  offsets: usize,
  items: usize,
  ratings: usize,
  userFactors: usize,
  itemFactors: usize,
  implicitFactors: usize,
  userBiases: usize,
  itemBiases: usize,
  length: i32,
  mean: f32,
  rate: f32,
  regularization: f32,
  scratch: usize,
  error: usize,
): void {
  const rowBytes = <usize>length << 2
  const implicit = scratch
  const whole = scratch + rowBytes
  const change = whole + rowBytes
  const keep: f32 = 1 - rate * regularization
  let squares: f64 = load<f64>(error)
  for (let user = first; user < end; user++) {
    const from = <usize>load<u32>(offsets + (<usize>user << 2)) << 2
    const last = <usize>load<u32>(offsets + (<usize>user << 2), 4) << 2
    if (from === last) continue
    const vector = userFactors + <usize>user * rowBytes
    const bias = userBiases + (<usize>user << 2)
    const share: f32 = 1 / sqrt<f32>(<f32>((last - from) >> 2))
    sumImplicit(implicit, implicitFactors, items, from, last, share, rowBytes)
    memory.fill(change, 0, rowBytes)
    let kept: f32 = 1
    for (let entry = from; entry < last; entry += 4) {
      const item = <usize>load<u32>(items + entry) << 2
      const itemVector = itemFactors + (item >> 2) * rowBytes
      memory.copy(whole, vector, rowBytes)
      addScaled(whole, 1, implicit, length)
      const expected = mean + load<f32>(bias) + load<f32>(itemBiases + item) + dot(whole, itemVector, length)
      const off = load<f32>(ratings + entry) - expected
      squares += <f64>off * <f64>off
      store<f32>(bias, load<f32>(bias) * keep + rate * off)
      store<f32>(itemBiases + item, load<f32>(itemBiases + item) * keep + rate * off)
      stepTowards(vector, keep, rate * off, itemVector, length)
      stepTowards(implicit, keep, rate * off, itemVector, length)
      stepTowards(change, keep, rate * off * share, itemVector, length)
      stepTowards(itemVector, keep, rate * off, whole, length)
      kept *= keep
    }
    for (let entry = from; entry < last; entry += 4) {
      scaleAndAdd(implicitFactors + <usize>load<u32>(items + entry) * rowBytes, kept, change, length)
    }
  }
  store<f64>(error, squares)
}

/** Vectors of users as items see them: x_u + z_u, in place of x_u. */
export function addImplicitChunk(
  chunk: i32,
  _thread: i32,
  offsets: usize,
  items: usize,
  users: i32,
  userFactors: usize,
  implicitFactors: usize,
  length: i32,
  chunkUsers: i32,
): void {
  const rowBytes = <usize>length << 2
  const end = min((chunk + 1) * chunkUsers, users)
  for (let user = chunk * chunkUsers; user < end; user++) {
    const from = <usize>load<u32>(offsets + (<usize>user << 2)) << 2
    const last = <usize>load<u32>(offsets + (<usize>user << 2), 4) << 2
    const share: f32 = 1 / sqrt<f32>(<f32>((last - from) >> 2))
    for (let entry = from; entry < last; entry += 4) {
      const implicit = implicitFactors + <usize>load<u32>(items + entry) * rowBytes
      addScaled(userFactors + <usize>user * rowBytes, share, implicit, length)
    }
  }
}

function sumImplicit(
  target: usize,
  factors: usize,
  items: usize,
  from: usize,
  last: usize,
  share: f32,
  rowBytes: usize,
): void {
  memory.fill(target, 0, rowBytes)
  for (let entry = from; entry < last; entry += 4) {
    addScaled(target, share, factors + <usize>load<u32>(items + entry) * rowBytes, <i32>(rowBytes >> 2))
  }
}

/** target = keep x target + size x source */
function stepTowards(target: usize, keep: f32, size: f32, source: usize, length: i32): void {
  setScaled(target, keep, target, length)
  addScaled(target, size, source, length)
}
