// How alike one row of a sparse matrix is to all others. The others are given by column, so that only rows that share a
// column are visited. What is summed for another row stands in its slot; a flag for every `flagRows` slots tells where
// there is anything, so that rows which share nothing cost next to nothing.

// Measures by number; those from `firstOfMoments` need the values of shared columns, the others one number.
const jaccard: i32 = 1
const conditionalProbability: i32 = 2
const weightedCosine: i32 = 3
export const firstOfMoments: i32 = 4
const adjustedCosine: i32 = 4
const pearson: i32 = 5

/** Rows that share a flag, as a shift. */
const flagShift: u32 = 6
export const flagRows: i32 = 64

/** Bytes of what is kept for one other row, as a shift: a number, or eight sums. */
// @ts-ignore: decorator
@inline
export function slotShift(measure: i32): usize {
  return measure < firstOfMoments ? 2 : 5
}

/** Where the flags are: behind the slots of `size` rows, which are a multiple of `flagRows`. */
// @ts-ignore: decorator
@inline
export function flagsOf(slots: usize, size: i32, measure: i32): usize {
  return slots + (<usize>((size + flagRows - 1) & -flagRows) << slotShift(measure))
}

/**
 * Sums over the columns of `row` for each row that shares one with it, itself too: their number, with weights the sum of
 * products, or eight sums; slots and flags are zeroed before. One addition, or eight, for each entry of these columns.
 * Where there are more of them than rows all flags are set before, not one by one.
 */
export function sumColumns(
  row: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  columnOffsets: usize,
  others: usize,
  otherValues: usize,
  size: i32,
  measure: i32,
  slots: usize,
  flags: usize,
): void {
  const first = <usize>load<u32>(offsets + (<usize>row << 2)) << 2
  const last = <usize>load<u32>(offsets + (<usize>row << 2), 4) << 2
  const isDense = measure < firstOfMoments && entriesOf(columns + first, columns + last, columnOffsets) >= size
  if (isDense) memory.fill(flags, 1, (size + flagRows - 1) / flagRows)
  for (let entry = first; entry < last; entry += 4) {
    const column = columnOffsets + (<usize>load<u32>(columns + entry) << 2)
    const from = <usize>load<u32>(column) << 2
    const end = others + (<usize>load<u32>(column, 4) << 2)
    if (isDense && measure < weightedCosine) countDense(others + from, end, slots)
    else if (isDense) addProductsDense(load<f32>(values + entry), others + from, end, otherValues + from, slots)
    else if (measure < weightedCosine) count(others + from, end, slots, flags)
    else if (measure === weightedCosine) {
      addProducts(load<f32>(values + entry), others + from, end, otherValues + from, slots, flags)
    } else addMoments(load<f32>(values + entry), others + from, end, otherValues + from, slots, flags)
  }
}

/** Every slot of a flagged run of slots becomes its row's similarity. */
export function makeSimilarities(
  flags: usize,
  slots: usize,
  size: i32,
  measure: i32,
  degree: f64,
  otherDegrees: usize,
  shrinkage: f64,
): void {
  for (let first = 0; first < size; first += flagRows) {
    if (load<u8>(flags + (first >> flagShift)) === 0) continue
    const end = min(first + flagRows, size)
    for (let other = first; other < end; other++) {
      const slot = slots + (<usize>other << slotShift(measure))
      if (isEmpty(measure, slot)) continue
      const otherDegree = <f64>load<f32>(otherDegrees + (<usize>other << 2))
      store<f32>(slot, <f32>similarity(measure, slot, degree, otherDegree, shrinkage))
    }
  }
}

/** Whether the row of a slot shares nothing. */
// @ts-ignore: decorator
@inline
export function isEmpty(measure: i32, slot: usize): bool {
  return measure < firstOfMoments ? load<u32>(slot) === 0 : load<f32>(slot, 12) === 0
}

/** Makes what is flagged zero again, and the flags. */
export function forget(flags: usize, slots: usize, size: i32, measure: i32): void {
  const runBytes = <usize>flagRows << slotShift(measure)
  for (let first = 0; first < size; first += flagRows) {
    const flag = flags + (first >> flagShift)
    if (load<u8>(flag) !== 0) memory.fill(slots + <usize>(first >> flagShift) * runBytes, 0, runBytes)
    store<u8>(flag, 0)
  }
}

/** Entries of all columns of a row. */
function entriesOf(from: usize, end: usize, columnOffsets: usize): i32 {
  let sum: u32 = 0
  for (let at = from; at < end; at += 4) {
    const column = columnOffsets + (<usize>load<u32>(at) << 2)
    sum += load<u32>(column, 4) - load<u32>(column)
  }
  return <i32>min<u32>(sum, 0x7fffffff)
}

function count(from: usize, end: usize, slots: usize, flags: usize): void {
  for (let at = from; at < end; at += 4) {
    const other = load<u32>(at)
    countOne(other, slots)
    store<u8>(flags + <usize>(other >> flagShift), 1)
  }
}

function countDense(from: usize, end: usize, slots: usize): void {
  let at = from
  for (; at + 16 <= end; at += 16) {
    countOne(load<u32>(at), slots)
    countOne(load<u32>(at, 4), slots)
    countOne(load<u32>(at, 8), slots)
    countOne(load<u32>(at, 12), slots)
  }
  for (; at < end; at += 4) countOne(load<u32>(at), slots)
}

// @ts-ignore: decorator
@inline
function countOne(other: u32, slots: usize): void {
  const slot = slots + (<usize>other << 2)
  store<u32>(slot, load<u32>(slot) + 1)
}

/** With x the row's value and y the other's, xy. */
function addProducts(x: f32, from: usize, end: usize, values: usize, slots: usize, flags: usize): void {
  for (let at = from; at < end; at += 4, values += 4) {
    const other = load<u32>(at)
    addProduct(other, x * load<f32>(values), slots)
    store<u8>(flags + <usize>(other >> flagShift), 1)
  }
}

function addProductsDense(x: f32, from: usize, end: usize, values: usize, slots: usize): void {
  let at = from
  for (; at + 16 <= end; at += 16, values += 16) {
    addProduct(load<u32>(at), x * load<f32>(values), slots)
    addProduct(load<u32>(at, 4), x * load<f32>(values, 4), slots)
    addProduct(load<u32>(at, 8), x * load<f32>(values, 8), slots)
    addProduct(load<u32>(at, 12), x * load<f32>(values, 12), slots)
  }
  for (; at < end; at += 4, values += 4) addProduct(load<u32>(at), x * load<f32>(values), slots)
}

// @ts-ignore: decorator
@inline
function addProduct(other: u32, product: f32, slots: usize): void {
  const slot = slots + (<usize>other << 2)
  store<f32>(slot, load<f32>(slot) + product)
}

/** xy, xx, yy, 1, x and y. */
function addMoments(x: f32, from: usize, end: usize, values: usize, slots: usize, flags: usize): void {
  const left = f32x4.replace_lane(f32x4.splat(x), 3, 1)
  for (let at = from; at < end; at += 4, values += 4) {
    const other = load<u32>(at)
    const y = load<f32>(values)
    const slot = slots + (<usize>other << 5)
    const factors = f32x4.replace_lane(left, 2, y)
    const partners = f32x4.replace_lane(factors, 0, y)
    v128.store(slot, f32x4.add(v128.load(slot), f32x4.mul(factors, partners)))
    store<f32>(slot, load<f32>(slot, 16) + x, 16)
    store<f32>(slot, load<f32>(slot, 20) + y, 20)
    store<u8>(flags + <usize>(other >> flagShift), 1)
  }
}

/**
 * Of four slots of one number those whose similarity may reach `least`, as bits: a bound in single precision, a little
 * lower than the similarity itself.
 */
// @ts-ignore: decorator
@inline
export function mayReach(
  measure: i32,
  slot: usize,
  degree: f32,
  otherDegrees: usize,
  shrinkage: f32,
  least: f32,
): i32 {
  const stored = v128.load(slot)
  const shared = measure === weightedCosine ? stored : f32x4.convert_i32x4_u(stored)
  const own = f32x4.splat(degree)
  const others = v128.load(otherDegrees)
  let whole: v128
  if (measure === jaccard) whole = f32x4.sub(f32x4.add(own, others), shared)
  else if (measure === conditionalProbability) whole = others
  else whole = f32x4.sqrt(f32x4.mul(own, others))
  const needed = f32x4.mul(f32x4.add(whole, f32x4.splat(shrinkage)), f32x4.splat(least * <f32>0.9999))
  const isShared = f32x4.gt(shared, f32x4.splat(0))
  return i32x4.bitmask(v128.and(isShared, f32x4.ge(shared, needed)))
}

/** Measures over whole rows have the shrinkage added below; those over shared columns are multiplied by n / (n + it). */
export function similarity(measure: i32, slot: usize, degree: f64, otherDegree: f64, shrinkage: f64): f64 {
  if (measure < firstOfMoments) {
    const shared = measure === weightedCosine ? <f64>load<f32>(slot) : <f64>load<u32>(slot)
    if (measure === jaccard) return shared / (degree + otherDegree - shared + shrinkage)
    if (measure === conditionalProbability) return shared / (otherDegree + shrinkage)
    return ratio(shared, sqrt(degree * otherDegree) + shrinkage)
  }
  const product = <f64>load<f32>(slot)
  const squares = <f64>load<f32>(slot, 4)
  const otherSquares = <f64>load<f32>(slot, 8)
  const shared = <f64>load<f32>(slot, 12)
  const trust = shared / (shared + shrinkage)
  if (measure === adjustedCosine) return trust * ratio(product, sqrt(squares * otherSquares))
  if (measure === pearson) {
    const sum = <f64>load<f32>(slot, 16)
    const otherSum = <f64>load<f32>(slot, 20)
    const deviation = sqrt((shared * squares - sum * sum) * (shared * otherSquares - otherSum * otherSum))
    return trust * ratio(shared * product - sum * otherSum, deviation)
  }
  const difference = max((squares + otherSquares - 2 * product) / shared, 0)
  return trust / (difference + 1)
}

/** 0 where nothing varies. */
function ratio(part: f64, whole: f64): f64 {
  return whole > 0 ? part / whole : 0
}
