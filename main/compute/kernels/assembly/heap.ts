// The best entries of a stream, equal ones by ascending index: a heap whose root is the worst one kept.

function isWorse(similarity: f32, index: u32, otherSimilarity: f32, otherIndex: u32): bool {
  return similarity < otherSimilarity || (similarity === otherSimilarity && index > otherIndex)
}

/** Offers an entry to a heap; answers the heap's new size. */
export function keep(indices: usize, similarities: usize, size: i32, capacity: i32, index: u32, similarity: f32): i32 {
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
export function sort(indices: usize, similarities: usize, size: i32): void {
  for (let last = size - 1; last > 0; last--) {
    const similarity = load<f32>(similarities + (<usize>last << 2))
    const index = load<u32>(indices + (<usize>last << 2))
    store<f32>(similarities + (<usize>last << 2), load<f32>(similarities))
    store<u32>(indices + (<usize>last << 2), load<u32>(indices))
    sink(indices, similarities, last, index, similarity)
  }
}
