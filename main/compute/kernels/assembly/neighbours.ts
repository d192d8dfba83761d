/**
 * The most similar rows of each row of a chunk of a sparse binary matrix, by shared columns: similarity = shared /
 * (sqrt(degree * degree) + shrinkage), in double precision so that equal ones stay equal. Rows by columns in
 * (offsets, columns), columns by rows in (columnOffsets, rows). For each row `count` neighbours, the most similar
 * first, equal ones by ascending index; unused places have similarity 0.
 * `scratch` holds for each thread 2 size + 1 zeroed words: shared counts, and rows touched with one place to spare.
 */
export function neighboursChunk(
  chunk: i32,
  thread: i32,
  offsets: usize,
  columns: usize,
  columnOffsets: usize,
  rows: usize,
  degrees: usize,
  size: i32,
  count: i32,
  shrinkage: f32,
  indices: usize,
  similarities: usize,
  chunkRows: i32,
  scratch: usize,
): void {
  const shared = scratch + ((<usize>thread * (2 * <usize>size + 1)) << 2)
  const touched = shared + (<usize>size << 2)
  const end = min((chunk + 1) * chunkRows, size)
  for (let row = chunk * chunkRows; row < end; row++) {
    const found = countShared(row, offsets, columns, columnOffsets, rows, shared, touched)
    const outIndices = indices + ((<usize>row * <usize>count) << 2)
    const outSimilarities = similarities + ((<usize>row * <usize>count) << 2)
    const degree = <f64>load<f32>(degrees + (<usize>row << 2))
    let kept = 0
    for (let at = 0; at < found; at++) {
      const other = load<u32>(touched + (<usize>at << 2))
      const place = shared + (<usize>other << 2)
      const norm = sqrt(degree * <f64>load<f32>(degrees + (<usize>other << 2)))
      const similarity = <f32>(<f64>load<u32>(place) / (norm + <f64>shrinkage))
      store<u32>(place, 0)
      if (<i32>other === row) continue
      kept = keep(outIndices, outSimilarities, kept, count, other, similarity)
    }
    sort(outIndices, outSimilarities, kept)
  }
}

/**
 * Counts the columns that `row` shares with each row, itself too; answers how many rows are in `touched`. One addition
 * for each entry of the columns of the row.
 */
function countShared(
  row: i32,
  offsets: usize,
  columns: usize,
  columnOffsets: usize,
  rows: usize,
  shared: usize,
  touched: usize,
): i32 {
  let next = touched
  const end = columns + (<usize>load<u32>(offsets + (<usize>row << 2), 4) << 2)
  for (let entry = columns + (<usize>load<u32>(offsets + (<usize>row << 2)) << 2); entry < end; entry += 4) {
    const column = columnOffsets + (<usize>load<u32>(entry) << 2)
    const last = rows + (<usize>load<u32>(column, 4) << 2)
    for (let at = rows + (<usize>load<u32>(column) << 2); at < last; at += 4) {
      const other = load<u32>(at)
      const place = shared + (<usize>other << 2)
      const before = load<u32>(place)
      store<u32>(place, before + 1)
      // Written in any case, kept where the row is new: no branch to mispredict.
      store<u32>(next, other)
      next += <usize>i32(before === 0) << 2
    }
  }
  return <i32>((next - touched) >> 2)
}

function isWorse(similarity: f32, index: u32, otherSimilarity: f32, otherIndex: u32): bool {
  return similarity < otherSimilarity || (similarity === otherSimilarity && index > otherIndex)
}

/** Offers an entry to a heap whose root is the worst one kept; answers the heap's new size. */
function keep(indices: usize, similarities: usize, size: i32, capacity: i32, index: u32, similarity: f32): i32 {
  if (size < capacity) {
    let at = size
    while (at > 0) {
      const parent = (at - 1) >> 1
      const parentSimilarity = load<f32>(similarities + (<usize>parent << 2))
      const parentIndex = load<u32>(indices + (<usize>parent << 2))
      if (!isWorse(similarity, index, parentSimilarity, parentIndex)) break
      store<f32>(similarities + (<usize>at << 2), parentSimilarity)
      store<u32>(indices + (<usize>at << 2), parentIndex)
      at = parent
    }
    store<f32>(similarities + (<usize>at << 2), similarity)
    store<u32>(indices + (<usize>at << 2), index)
    return size + 1
  }
  if (isWorse(load<f32>(similarities), load<u32>(indices), similarity, index)) {
    sink(indices, similarities, size, index, similarity)
  }
  return size
}

/** Puts an entry in the root's place and lets it sink. */
function sink(indices: usize, similarities: usize, size: i32, index: u32, similarity: f32): void {
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= size) break
    if (child + 1 < size) {
      const isNextWorse = isWorse(
        load<f32>(similarities + (<usize>(child + 1) << 2)),
        load<u32>(indices + (<usize>(child + 1) << 2)),
        load<f32>(similarities + (<usize>child << 2)),
        load<u32>(indices + (<usize>child << 2)),
      )
      if (isNextWorse) child++
    }
    const childSimilarity = load<f32>(similarities + (<usize>child << 2))
    const childIndex = load<u32>(indices + (<usize>child << 2))
    if (!isWorse(childSimilarity, childIndex, similarity, index)) break
    store<f32>(similarities + (<usize>at << 2), childSimilarity)
    store<u32>(indices + (<usize>at << 2), childIndex)
    at = child
  }
  store<f32>(similarities + (<usize>at << 2), similarity)
  store<u32>(indices + (<usize>at << 2), index)
}

/** Turns the heap into a list, best first. */
function sort(indices: usize, similarities: usize, size: i32): void {
  for (let last = size - 1; last > 0; last--) {
    const similarity = load<f32>(similarities + (<usize>last << 2))
    const index = load<u32>(indices + (<usize>last << 2))
    store<f32>(similarities + (<usize>last << 2), load<f32>(similarities))
    store<u32>(indices + (<usize>last << 2), load<u32>(indices))
    sink(indices, similarities, last, index, similarity)
  }
}

/**
 * Scores of the users of a chunk, into out[user * items + item]: for each item of the user's history (a row of
 * `histories`) the similarities to the items that list it as a neighbour (a row of `lists`) are added to those items'
 * scores. Items that get nothing get NaN. One addition for each entry of the lists of the history's items.
 */
export function neighbourScoresChunk(
  chunk: i32,
  _thread: i32,
  users: usize,
  userCount: i32,
  historyOffsets: usize,
  histories: usize,
  listOffsets: usize,
  lists: usize,
  similarities: usize,
  itemCount: i32,
  out: usize,
  chunkUsers: i32,
): void {
  const end = min((chunk + 1) * chunkUsers, userCount)
  for (let at = chunk * chunkUsers; at < end; at++) {
    const row = out + ((<usize>at * <usize>itemCount) << 2)
    memory.fill(row, 0, <usize>itemCount << 2)
    const user = load<u32>(users + (<usize>at << 2))
    const last = load<u32>(historyOffsets + (<usize>user << 2), 4)
    for (let entry = load<u32>(historyOffsets + (<usize>user << 2)); entry < last; entry++) {
      const item = load<u32>(histories + (<usize>entry << 2))
      const stop = <usize>load<u32>(listOffsets + (<usize>item << 2), 4) << 2
      for (let place = <usize>load<u32>(listOffsets + (<usize>item << 2)) << 2; place < stop; place += 4) {
        const target = row + (<usize>load<u32>(lists + place) << 2)
        store<f32>(target, load<f32>(target) + load<f32>(similarities + place))
      }
    }
    const rowEnd = row + (<usize>itemCount << 2)
    for (let target = row; target < rowEnd; target += 4) if (load<f32>(target) === 0) store<f32>(target, NaN)
  }
}
