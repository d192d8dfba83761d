// How alike one row of a sparse matrix is to all others. The others are given by column, so that only rows that share a
// column are visited.

// Measures by number; those from `firstOfMoments` need the values of shared columns, the others count them.
const cosine: i32 = 0
const jaccard: i32 = 1
const conditionalProbability: i32 = 2
const firstOfMoments: i32 = 3
const weightedCosine: i32 = 3
const adjustedCosine: i32 = 4
const pearson: i32 = 5

/** Bytes of what is kept for one other row, as a shift: a count, or eight sums. */
// @ts-ignore: decorator
@inline
export function slotShift(measure: i32): usize {
  return measure < firstOfMoments ? 2 : 5
}

/**
 * Similarities of `row` to all rows that share a column with it, itself too: their indices go to `touched`, and the
 * first word of each one's place in `slots` (zeroed before) becomes the similarity. Answers how many. One addition, or
 * eight, for each entry of the columns of the row.
 */
export function findSimilar(
  row: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  columnOffsets: usize,
  others: usize,
  otherValues: usize,
  degrees: usize,
  otherDegrees: usize,
  measure: i32,
  shrinkage: f32,
  slots: usize,
  touched: usize,
): i32 {
  const first = <usize>load<u32>(offsets + (<usize>row << 2)) << 2
  const end = <usize>load<u32>(offsets + (<usize>row << 2), 4) << 2
  const found =
    measure < firstOfMoments
      ? countShared(columns + first, columns + end, columnOffsets, others, slots, touched)
      : sumShared(columns + first, columns + end, values + first, columnOffsets, others, otherValues, slots, touched)
  const degree = <f64>load<f32>(degrees + (<usize>row << 2))
  const shift = slotShift(measure)
  for (let at = 0; at < found; at++) {
    const other = <usize>load<u32>(touched + (<usize>at << 2))
    const slot = slots + (other << shift)
    const otherDegree = <f64>load<f32>(otherDegrees + (other << 2))
    store<f32>(slot, <f32>similarity(measure, slot, degree, otherDegree, <f64>shrinkage))
  }
  return found
}

/** Makes the places of the touched rows zero again. */
export function forget(measure: i32, slots: usize, touched: usize, found: i32): void {
  for (let at = 0; at < found; at++) {
    const slot = slots + (<usize>load<u32>(touched + (<usize>at << 2)) << slotShift(measure))
    if (measure < firstOfMoments) {
      store<u32>(slot, 0)
    } else {
      v128.store(slot, f32x4.splat(0))
      v128.store(slot, f32x4.splat(0), 16)
    }
  }
}

function countShared(
  from: usize,
  end: usize,
  columnOffsets: usize,
  others: usize,
  slots: usize,
  touched: usize,
): i32 {
  let next = touched
  for (let entry = from; entry < end; entry += 4) {
    const column = columnOffsets + (<usize>load<u32>(entry) << 2)
    const last = others + (<usize>load<u32>(column, 4) << 2)
    for (let at = others + (<usize>load<u32>(column) << 2); at < last; at += 4) {
      const other = load<u32>(at)
      const slot = slots + (<usize>other << 2)
      const before = load<u32>(slot)
      store<u32>(slot, before + 1)
      // Written in any case, kept where the row is new: no branch to mispredict.
      store<u32>(next, other)
      next += <usize>i32(before === 0) << 2
    }
  }
  return <i32>((next - touched) >> 2)
}

/** With x the row's value and y the other's, sums over shared columns of xy, xx, yy, 1, x and y. */
function sumShared(
  from: usize,
  end: usize,
  values: usize,
  columnOffsets: usize,
  others: usize,
  otherValues: usize,
  slots: usize,
  touched: usize,
): i32 {
  let next = touched
  for (let entry = from; entry < end; entry += 4, values += 4) {
    const column = columnOffsets + (<usize>load<u32>(entry) << 2)
    const last = <usize>load<u32>(column, 4) << 2
    const x = load<f32>(values)
    const left = f32x4.replace_lane(f32x4.splat(x), 3, 1)
    for (let at = <usize>load<u32>(column) << 2; at < last; at += 4) {
      const other = load<u32>(others + at)
      const y = load<f32>(otherValues + at)
      const slot = slots + (<usize>other << 5)
      const isNew = load<f32>(slot, 12) === 0
      const factors = f32x4.replace_lane(left, 2, y)
      const partners = f32x4.replace_lane(factors, 0, y)
      v128.store(slot, f32x4.add(v128.load(slot), f32x4.mul(factors, partners)))
      store<f32>(slot, load<f32>(slot, 16) + x, 16)
      store<f32>(slot, load<f32>(slot, 20) + y, 20)
      store<u32>(next, other)
      next += <usize>i32(isNew) << 2
    }
  }
  return <i32>((next - touched) >> 2)
}

/** Measures over whole rows have the shrinkage added below; those over shared columns are multiplied by n / (n + it). */
function similarity(measure: i32, slot: usize, degree: f64, otherDegree: f64, shrinkage: f64): f64 {
  if (measure < firstOfMoments) {
    const shared = <f64>load<u32>(slot)
    if (measure === jaccard) return shared / (degree + otherDegree - shared + shrinkage)
    if (measure === conditionalProbability) return shared / (otherDegree + shrinkage)
    return shared / (sqrt(degree * otherDegree) + shrinkage)
  }
  const product = <f64>load<f32>(slot)
  if (measure === weightedCosine) return ratio(product, sqrt(degree * otherDegree) + shrinkage)
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
