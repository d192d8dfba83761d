import { keep, sort } from './heap'
import {
  firstOfMoments,
  flagRows,
  flagsOf,
  forget,
  isEmpty,
  makeSimilarities,
  mayReach,
  similarity,
  slotShift,
  sumColumns,
} from './similarity'

/**
 * The most similar rows of each row of a chunk of a sparse matrix. Rows by columns in (offsets, columns, values); the
 * rows to choose from by column in (columnOffsets, others, otherValues), `size` of them; `isSame` where they are the
 * same rows, and none is its own neighbour. For each row `count` neighbours, the most similar first, equal ones by
 * ascending index; unused places have similarity 0, and nothing less similar is kept. `scratch` holds for each thread
 * `scratchWords` zeroed words: slots and flags.
 */
export function neighboursChunk(
  chunk: i32,
  thread: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  columnOffsets: usize,
  others: usize,
  otherValues: usize,
  degrees: usize,
  otherDegrees: usize,
  rows: i32,
  size: i32,
  isSame: i32,
  count: i32,
  measure: i32,
  shrinkage: f32,
  indices: usize,
  similarities: usize,
  chunkRows: i32,
  scratch: usize,
  scratchWords: i32,
): void {
  const slots = scratch + ((<usize>thread * <usize>scratchWords) << 2)
  const flags = flagsOf(slots, size, measure)
  const end = min((chunk + 1) * chunkRows, rows)
  for (let row = chunk * chunkRows; row < end; row++) {
    sumColumns(row, offsets, columns, values, columnOffsets, others, otherValues, size, measure, slots, flags)
    const outIndices = indices + ((<usize>row * <usize>count) << 2)
    const outSimilarities = similarities + ((<usize>row * <usize>count) << 2)
    const degree = load<f32>(degrees + (<usize>row << 2))
    const self = isSame !== 0 ? row : -1
    let kept = 0
    for (let first = 0; first < size; first += flagRows) {
      if (load<u8>(flags + (first / flagRows)) === 0) continue
      const last = min(first + flagRows, size)
      for (let other = first; other < last; other += 4) {
        const slot = slots + (<usize>other << slotShift(measure))
        const places = otherDegrees + (<usize>other << 2)
        const least: f32 = kept === count ? load<f32>(outSimilarities) : 0
        let bits = measure < firstOfMoments ? mayReach(measure, slot, degree, places, shrinkage, least) : 15
        for (; bits !== 0; bits &= bits - 1) {
          const at = other + ctz(bits)
          if (at === self || at >= size) continue
          const own = slots + (<usize>at << slotShift(measure))
          if (isEmpty(measure, own)) continue
          const otherDegree = <f64>load<f32>(otherDegrees + (<usize>at << 2))
          const value = <f32>similarity(measure, own, <f64>degree, otherDegree, <f64>shrinkage)
          if (value > 0) kept = keep(outIndices, outSimilarities, kept, count, at, value)
        }
      }
    }
    forget(flags, slots, size, measure)
    sort(outIndices, outSimilarities, kept)
  }
}

/**
 * Expected deviations of single entries of a sparse matrix, given as (queryOffsets, queryColumns) for some `queryRows`:
 * the mean of `deviations` (beside `others`) over the `count` most similar rows that have the column, weighted by their
 * similarity; NaN where none is similar. A row is no neighbour of its own. `scratch` as for `neighboursChunk`, with
 * 2 count words more.
 */
export function neighbourRatingsChunk(
  chunk: i32,
  thread: i32,
  queryRows: usize,
  queryOffsets: usize,
  queryColumns: usize,
  queryRowCount: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  columnOffsets: usize,
  others: usize,
  otherValues: usize,
  deviations: usize,
  degrees: usize,
  size: i32,
  count: i32,
  measure: i32,
  shrinkage: f32,
  out: usize,
  chunkRows: i32,
  scratch: usize,
  scratchWords: i32,
): void {
  const slots = scratch + ((<usize>thread * <usize>scratchWords) << 2)
  const flags = flagsOf(slots, size, measure)
  const heap = slots + ((<usize>scratchWords - 2 * <usize>count) << 2)
  const end = min((chunk + 1) * chunkRows, queryRowCount)
  for (let group = chunk * chunkRows; group < end; group++) {
    const row = <i32>load<u32>(queryRows + (<usize>group << 2))
    const degree = <f64>load<f32>(degrees + (<usize>row << 2))
    sumColumns(row, offsets, columns, values, columnOffsets, others, otherValues, size, measure, slots, flags)
    makeSimilarities(flags, slots, size, measure, degree, degrees, <f64>shrinkage)
    const last = load<u32>(queryOffsets + (<usize>group << 2), 4)
    for (let query = load<u32>(queryOffsets + (<usize>group << 2)); query < last; query++) {
      const column = columnOffsets + (<usize>load<u32>(queryColumns + (<usize>query << 2)) << 2)
      const rating = meanOfNearest(row, column, others, deviations, slots, slotShift(measure), heap, count)
      store<f32>(out + (<usize>query << 2), rating)
    }
    forget(flags, slots, size, measure)
  }
}

function meanOfNearest(
  row: i32,
  column: usize,
  others: usize,
  deviations: usize,
  slots: usize,
  shift: usize,
  heap: usize,
  count: i32,
): f32 {
  const similarities = heap + (<usize>count << 2)
  const end = load<u32>(column, 4)
  let kept = 0
  for (let at = load<u32>(column); at < end; at++) {
    const other = load<u32>(others + (<usize>at << 2))
    const similarity = load<f32>(slots + (<usize>other << shift))
    if (similarity > 0 && <i32>other !== row) kept = keep(heap, similarities, kept, count, at, similarity)
  }
  let sum: f64 = 0
  let weight: f64 = 0
  for (let at = 0; at < kept; at++) {
    const similarity = <f64>load<f32>(similarities + (<usize>at << 2))
    sum += similarity * <f64>load<f32>(deviations + (<usize>load<u32>(heap + (<usize>at << 2)) << 2))
    weight += similarity
  }
  return <f32>(sum / weight)
}

/**
 * Scores of the users of a chunk, into out[user * items + item]: each entry of the user's history (a row of
 * `histories`, weighted by `weights`) adds the values of its list (a row of `lists`) to the scores of the list's items.
 * Items that get nothing get NaN. One multiply-add for each entry of the lists of the history.
 */
export function neighbourScoresChunk(
  chunk: i32,
  _thread: i32,
  users: usize,
  userCount: i32,
  historyOffsets: usize,
  histories: usize,
  weights: usize,
  listOffsets: usize,
  lists: usize,
  listValues: usize,
  itemCount: i32,
  out: usize,
  chunkUsers: i32,
): void {
  const end = min((chunk + 1) * chunkUsers, userCount)
  for (let at = chunk * chunkUsers; at < end; at++) {
    const row = out + ((<usize>at * <usize>itemCount) << 2)
    memory.fill(row, 0, <usize>itemCount << 2)
    const user = load<u32>(users + (<usize>at << 2))
    const last = <usize>load<u32>(historyOffsets + (<usize>user << 2), 4) << 2
    for (let entry = <usize>load<u32>(historyOffsets + (<usize>user << 2)) << 2; entry < last; entry += 4) {
      const weight = load<f32>(weights + entry)
      const list = listOffsets + (<usize>load<u32>(histories + entry) << 2)
      const stop = <usize>load<u32>(list, 4) << 2
      for (let place = <usize>load<u32>(list) << 2; place < stop; place += 4) {
        const target = row + (<usize>load<u32>(lists + place) << 2)
        store<f32>(target, load<f32>(target) + weight * load<f32>(listValues + place))
      }
    }
    const rowEnd = row + (<usize>itemCount << 2)
    for (let target = row; target < rowEnd; target += 4) if (load<f32>(target) === 0) store<f32>(target, NaN)
  }
}
