/**
 * Dot products of four users at a time with panels of eight items. `panels` holds the items of panel p as
 * [component][8 items]; `users` are rows; scores go to out[user * items + item]. A chunk is a run of panels for all
 * users. 2 * users * items * length operations.
 */
export function scoreChunk(
  chunk: i32,
  _thread: i32,
  users: usize,
  userCount: i32,
  panels: usize,
  itemCount: i32,
  length: i32,
  out: usize,
  chunkPanels: i32,
): void {
  const rowBytes = <usize>length << 2
  const panelBytes = rowBytes << 3
  const end = min((chunk + 1) * chunkPanels, (itemCount + 7) >> 3)
  for (let panel = chunk * chunkPanels; panel < end; panel++) {
    const block = panels + <usize>panel * panelBytes
    const width = min(8, itemCount - (panel << 3))
    for (let user = 0; user < userCount; user += 4) {
      const count = min(4, userCount - user)
      const first = users + <usize>user * rowBytes
      const second = count > 1 ? first + rowBytes : first
      const third = count > 2 ? first + rowBytes * 2 : first
      const fourth = count > 3 ? first + rowBytes * 3 : first
      let a0 = f32x4.splat(0)
      let a1 = f32x4.splat(0)
      let b0 = f32x4.splat(0)
      let b1 = f32x4.splat(0)
      let c0 = f32x4.splat(0)
      let c1 = f32x4.splat(0)
      let d0 = f32x4.splat(0)
      let d1 = f32x4.splat(0)
      let item = block
      for (let at: usize = 0; at < rowBytes; at += 4) {
        const left = v128.load(item)
        const right = v128.load(item, 16)
        item += 32
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
      const target = out + ((<usize>user * <usize>itemCount + <usize>(panel << 3)) << 2)
      const stride = <usize>itemCount << 2
      put(target, a0, a1, width)
      if (count > 1) put(target + stride, b0, b1, width)
      if (count > 2) put(target + stride * 2, c0, c1, width)
      if (count > 3) put(target + stride * 3, d0, d1, width)
    }
  }
}

function put(target: usize, left: v128, right: v128, width: i32): void {
  if (width === 8) {
    v128.store(target, left)
    v128.store(target, right, 16)
    return
  }
  store<f32>(target, f32x4.extract_lane(left, 0))
  if (width > 1) store<f32>(target, f32x4.extract_lane(left, 1), 4)
  if (width > 2) store<f32>(target, f32x4.extract_lane(left, 2), 8)
  if (width > 3) store<f32>(target, f32x4.extract_lane(left, 3), 12)
  if (width > 4) store<f32>(target, f32x4.extract_lane(right, 0), 16)
  if (width > 5) store<f32>(target, f32x4.extract_lane(right, 1), 20)
  if (width > 6) store<f32>(target, f32x4.extract_lane(right, 2), 24)
}
