import { keep, sort } from './heap'

// The best items of each user, of those that may be listed: highest score first, equal ones by ascending item, NaN never.
// Users of a chunk have a place each in the thread's part of `scratch`: `maskWords` words with a bit for each item that is
// not to be listed, the length of the list so far, and the score that an item must reach.

/** Stands for "no item" beyond the end of a list. */
const noItem: u32 = 0xffffffff

/** Eight scores of a block, before the places of the users. */
const blockBytes: usize = 32


// @ts-ignore: decorator
@inline
function threadPlace(scratch: usize, thread: i32, chunkUsers: i32, maskWords: i32): usize {
  return scratch + <usize>thread * (blockBytes + <usize>chunkUsers * placeBytes(maskWords))
}

// @ts-ignore: decorator
@inline
function placeBytes(maskWords: i32): usize {
  return <usize>(maskWords + 2) << 2
}

/** An empty list; the user's own hidden items are marked beside those that nobody's list may have. */
function openList(place: usize, user: i32, hiddenOffsets: usize, hidden: usize, mask: usize, maskWords: i32): void {
  store<u32>(place, 0)
  store<f32>(place, -Infinity, 4)
  const bits = place + 8
  memory.copy(bits, mask, <usize>maskWords << 2)
  const row = hiddenOffsets + (<usize>user << 2)
  const last = hidden + (<usize>load<u32>(row, 4) << 2)
  for (let at = hidden + (<usize>load<u32>(row) << 2); at < last; at += 4) {
    const item = load<u32>(at)
    const word = bits + (<usize>(item >> 5) << 2)
    store<u32>(word, load<u32>(word) | (1 << (item & 31)))
  }
}

/** Offers `width` scores of the items from `first`, of which one at least reaches the list's end. */
function offer(place: usize, scores: usize, width: i32, first: u32, items: usize, kept: usize, count: i32): void {
  for (let lane = 0; lane < width; lane++) {
    const score = load<f32>(scores + (<usize>lane << 2))
    if (!(score >= load<f32>(place, 4))) continue
    const item = first + lane
    if ((load<u32>(place + (<usize>(item >> 5) << 2), 8) >> (item & 31)) & 1) continue
    const size = keep(items, kept, load<i32>(place), count, item, score)
    store<i32>(place, size)
    if (size === count) store<f32>(place, load<f32>(kept), 4)
  }
}

function closeList(place: usize, items: usize, kept: usize, count: i32): void {
  const size = load<i32>(place)
  sort(items, kept, size)
  for (let at = size; at < count; at++) {
    store<u32>(items + (<usize>at << 2), noItem)
    store<f32>(kept + (<usize>at << 2), NaN)
  }
}

/** The best items of the users of a chunk, by their rows in `scores`, which stand `stride` floats apart. */
export function topScoresChunk(
  chunk: i32,
  thread: i32,
  scores: usize,
  stride: i32,
  userCount: i32,
  itemCount: i32,
  hiddenOffsets: usize,
  hidden: usize,
  mask: usize,
  maskWords: i32,
  count: i32,
  items: usize,
  kept: usize,
  chunkUsers: i32,
  scratch: usize,
): void {
  const place = threadPlace(scratch, thread, chunkUsers, maskWords) + blockBytes
  const end = min((chunk + 1) * chunkUsers, userCount)
  for (let user = chunk * chunkUsers; user < end; user++) {
    const own = items + ((<usize>user * <usize>count) << 2)
    const ownKept = kept + ((<usize>user * <usize>count) << 2)
    const row = scores + ((<usize>user * <usize>stride) << 2)
    openList(place, user, hiddenOffsets, hidden, mask, maskWords)
    let item = 0
    for (; item + 4 <= itemCount; item += 4) {
      const four = row + (<usize>item << 2)
      if (v128.any_true(f32x4.ge(v128.load(four), v128.load32_splat(place, 4)))) {
        offer(place, four, 4, item, own, ownKept, count)
      }
    }
    offer(place, row + (<usize>item << 2), itemCount - item, item, own, ownKept, count)
    closeList(place, own, ownKept, count)
  }
}

/**
 * The best items of the users of a chunk by the dot product of rows of `users` with panels of eight items, as
 * `scoreChunk` has them. Scores stay in registers, and are looked at again only where one of a block reaches the end of
 * a list. Users of a chunk should fit the first cache, through which the panels then run once. 2 users items length
 * operations.
 */
export function topProductsChunk(
  chunk: i32,
  thread: i32,
  users: usize,
  userCount: i32,
  panels: usize,
  itemCount: i32,
  length: i32,
  hiddenOffsets: usize,
  hidden: usize,
  mask: usize,
  maskWords: i32,
  count: i32,
  items: usize,
  kept: usize,
  chunkUsers: i32,
  scratch: usize,
): void {
  const rowBytes = <usize>length << 2
  const listBytes = <usize>count << 2
  const block = threadPlace(scratch, thread, chunkUsers, maskWords)
  const places = block + blockBytes
  const size = placeBytes(maskWords)
  const from = chunk * chunkUsers
  const end = min(from + chunkUsers, userCount)
  for (let user = from; user < end; user++) {
    openList(places + <usize>(user - from) * size, user, hiddenOffsets, hidden, mask, maskWords)
  }
  for (let item = 0; item < itemCount; item += 8) {
    const panel = panels + ((<usize>item * <usize>length) << 2)
    const width = min(8, itemCount - item)
    for (let user = from; user < end; user += 4) {
      const others = min(3, end - 1 - user)
      const first = users + <usize>user * rowBytes
      const second = first + <usize>min(1, others) * rowBytes
      const third = first + <usize>min(2, others) * rowBytes
      const fourth = first + <usize>others * rowBytes
      const place = places + <usize>(user - from) * size
      const secondPlace = place + <usize>min(1, others) * size
      const thirdPlace = place + <usize>min(2, others) * size
      const fourthPlace = place + <usize>others * size
      let a0 = f32x4.splat(0)
      let a1 = f32x4.splat(0)
      let b0 = f32x4.splat(0)
      let b1 = f32x4.splat(0)
      let c0 = f32x4.splat(0)
      let c1 = f32x4.splat(0)
      let d0 = f32x4.splat(0)
      let d1 = f32x4.splat(0)
      let component = panel
      for (let at: usize = 0; at < rowBytes; at += 4) {
        const left = v128.load(component)
        const right = v128.load(component, 16)
        component += 32
        const a = v128.load32_splat(first + at)
        a0 = f32x4.add(a0, f32x4.mul(a, left))
        a1 = f32x4.add(a1, f32x4.mul(a, right))
        const b = v128.load32_splat(second + at)
        b0 = f32x4.add(b0, f32x4.mul(b, left))
        b1 = f32x4.add(b1, f32x4.mul(b, right))
        const c = v128.load32_splat(third + at)
        c0 = f32x4.add(c0, f32x4.mul(c, left))
        c1 = f32x4.add(c1, f32x4.mul(c, right))
        const d = v128.load32_splat(fourth + at)
        d0 = f32x4.add(d0, f32x4.mul(d, left))
        d1 = f32x4.add(d1, f32x4.mul(d, right))
      }
      const own = items + <usize>user * listBytes
      const ownKept = kept + <usize>user * listBytes
      if (reaches(a0, a1, place)) offerBlock(block, a0, a1, place, width, item, own, ownKept, count)
      if (others > 0 && reaches(b0, b1, secondPlace)) {
        offerBlock(block, b0, b1, secondPlace, width, item, own + listBytes, ownKept + listBytes, count)
      }
      if (others > 1 && reaches(c0, c1, thirdPlace)) {
        offerBlock(block, c0, c1, thirdPlace, width, item, own + listBytes * 2, ownKept + listBytes * 2, count)
      }
      if (others > 2 && reaches(d0, d1, fourthPlace)) {
        offerBlock(block, d0, d1, fourthPlace, width, item, own + listBytes * 3, ownKept + listBytes * 3, count)
      }
    }
  }
  for (let user = from; user < end; user++) {
    const place = places + <usize>(user - from) * size
    closeList(place, items + <usize>user * listBytes, kept + <usize>user * listBytes, count)
  }
}

// @ts-ignore: decorator
@inline
function reaches(left: v128, right: v128, place: usize): bool {
  const needed = v128.load32_splat(place, 4)
  return v128.any_true(v128.or(f32x4.ge(left, needed), f32x4.ge(right, needed)))
}

function offerBlock(
  block: usize,
  left: v128,
  right: v128,
  place: usize,
  width: i32,
  item: i32,
  items: usize,
  kept: usize,
  count: i32,
): void {
  v128.store(block, left)
  v128.store(block, right, 16)
  offer(place, block, width, item, items, kept, count)
}
