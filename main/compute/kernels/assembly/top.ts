import { keep, sort } from './heap'
import { dot } from './vectors'

// The best items of each user, of those that may be listed: highest score first, equal ones by ascending item, NaN never.
// Users of a chunk have a place each in the thread's part of `scratch`: `maskWords` words with a bit for each item that is
// not to be listed, and for those beyond the last, the length of the list so far, and the score that an item must reach.

/** Stands for "no item" beyond the end of a list. */
const noItem: u32 = 0xffffffff

/** Scores of four users and eight items, before the places of the users. */
const blockBytes: usize = 128

/** More than scores and lengths in single precision can be off by. */
const roundingSlack: f32 = 1.001

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

/**
 * Offers those of the eight scores of the items from `first`, a multiple of 8, that reach the end of the list and may be
 * listed. Items beyond the last one are hidden ones. `order` has the items by place; 0 where each has its own.
 */
// @ts-ignore: decorator
@inline
function offerEight(
  place: usize,
  scores: usize,
  first: i32,
  order: usize,
  items: usize,
  kept: usize,
  count: i32,
): void {
  const needed = v128.load32_splat(place, 4)
  const left = f32x4.ge(v128.load(scores), needed)
  const right = f32x4.ge(v128.load(scores, 16), needed)
  if (!v128.any_true(v128.or(left, right))) return
  const reaching = i32x4.bitmask(left) | (i32x4.bitmask(right) << 4)
  const bits = reaching & ~load<u8>(place + (<usize>first >> 3), 8)
  if (bits !== 0) offer(place, scores, bits, first, order, items, kept, count)
}

function offer(
  place: usize,
  scores: usize,
  bits: i32,
  first: i32,
  order: usize,
  items: usize,
  kept: usize,
  count: i32,
): void {
  let size = load<i32>(place)
  for (; bits !== 0; bits &= bits - 1) {
    const lane = ctz(bits)
    const item = order === 0 ? first + lane : load<u32>(order + (<usize>(first + lane) << 2))
    size = keep(items, kept, size, count, item, load<f32>(scores + (<usize>lane << 2)))
  }
  store<i32>(place, size)
  if (size === count) store<f32>(place, load<f32>(kept), 4)
}

function closeList(place: usize, items: usize, kept: usize, count: i32): void {
  const size = load<i32>(place)
  sort(items, kept, size)
  for (let at = size; at < count; at++) {
    store<u32>(items + (<usize>at << 2), noItem)
    store<f32>(kept + (<usize>at << 2), NaN)
  }
}

/**
 * The best items of the users of a chunk, by their rows in `scores`, which stand `stride` floats apart. Up to 7 floats
 * beyond the last row are read, and not used.
 */
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
    for (let item = 0; item < itemCount; item += 8) {
      offerEight(place, row + (<usize>item << 2), item, 0, own, ownKept, count)
    }
    closeList(place, own, ownKept, count)
  }
}

/**
 * The best items of the users of a chunk by the dot product of rows of `users` with panels of eight items, as
 * `scoreChunk` has them. Items stand by descending length of their vectors, `order` has who they are, and `lengths` the
 * length of the first one of each panel: no score is above the product of two lengths (Cauchy-Schwarz), so four users are
 * done once no later item can reach their lists. Hidden items and mask are by place in that order. The users of a chunk
 * are packed by fours and should fit the first cache; `packed` has `chunkUsers` rows and as many words for each thread.
 * At most 2 users items length operations.
 */
export function topProductsChunk(
  chunk: i32,
  thread: i32,
  users: usize,
  userCount: i32,
  panels: usize,
  itemCount: i32,
  length: i32,
  order: usize,
  lengths: usize,
  packed: usize,
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
  const own = packed + <usize>(thread * chunkUsers) * (rowBytes + 4)
  const userLengths = own + <usize>chunkUsers * rowBytes
  for (let user = from; user < end; user++) {
    openList(places + <usize>(user - from) * size, user, hiddenOffsets, hidden, mask, maskWords)
    const row = users + <usize>user * rowBytes
    packUser(own, user - from, row, length)
    store<f32>(userLengths + (<usize>(user - from) << 2), sqrt<f32>(dot(row, row, length)) * roundingSlack)
  }
  let isOpen = true
  for (let item = 0; item < itemCount && isOpen; item += 8) {
    const panel = panels + <usize>item * rowBytes
    const longest = load<f32>(lengths + (<usize>(item >> 3) << 2))
    isOpen = false
    for (let user = from; user < end; user += 4) {
      const last = min(user + 4, end)
      let mayReach = false
      for (let one = user; one < last; one++) {
        const bound = load<f32>(userLengths + (<usize>(one - from) << 2)) * longest
        // Also where it is not a number.
        if (!(bound < load<f32>(places + <usize>(one - from) * size, 4))) mayReach = true
      }
      if (!mayReach) continue
      isOpen = true
      multiplyBlock(block, own + <usize>(user - from) * rowBytes, panel, rowBytes)
      for (let one = user; one < last; one++) {
        const place = places + <usize>(one - from) * size
        const scores = block + (<usize>(one - user) << 5)
        offerEight(place, scores, item, order, items + <usize>one * listBytes, kept + <usize>one * listBytes, count)
      }
    }
  }
  for (let user = from; user < end; user++) {
    const place = places + <usize>(user - from) * size
    closeList(place, items + <usize>user * listBytes, kept + <usize>user * listBytes, count)
  }
}

/** Into groups of four users as [component][4 users]. */
function packUser(packed: usize, user: i32, row: usize, length: i32): void {
  const group = packed + ((<usize>(user & ~3) * <usize>length + <usize>(user & 3)) << 2)
  for (let at: usize = 0; at < <usize>length; at++) store<f32>(group + (at << 4), load<f32>(row + (at << 2)))
}

/** Products of a group of four users with a panel of eight items. */
function multiplyBlock(block: usize, users: usize, panel: usize, rowBytes: usize): void {
  let a0 = f32x4.splat(0)
  let a1 = f32x4.splat(0)
  let b0 = f32x4.splat(0)
  let b1 = f32x4.splat(0)
  let c0 = f32x4.splat(0)
  let c1 = f32x4.splat(0)
  let d0 = f32x4.splat(0)
  let d1 = f32x4.splat(0)
  const end = users + (rowBytes << 2)
  for (; users < end; users += 16, panel += 32) {
    const left = v128.load(panel)
    const right = v128.load(panel, 16)
    const a = v128.load32_splat(users)
    a0 = f32x4.add(a0, f32x4.mul(a, left))
    a1 = f32x4.add(a1, f32x4.mul(a, right))
    const b = v128.load32_splat(users, 4)
    b0 = f32x4.add(b0, f32x4.mul(b, left))
    b1 = f32x4.add(b1, f32x4.mul(b, right))
    const c = v128.load32_splat(users, 8)
    c0 = f32x4.add(c0, f32x4.mul(c, left))
    c1 = f32x4.add(c1, f32x4.mul(c, right))
    const d = v128.load32_splat(users, 12)
    d0 = f32x4.add(d0, f32x4.mul(d, left))
    d1 = f32x4.add(d1, f32x4.mul(d, right))
  }
  v128.store(block, a0)
  v128.store(block, a1, 16)
  v128.store(block, b0, 32)
  v128.store(block, b1, 48)
  v128.store(block, c0, 64)
  v128.store(block, c1, 80)
  v128.store(block, d0, 96)
  v128.store(block, d1, 112)
}
