// Rows of a table by their indices: taking them, and adding to them. `width`: floats of a row. Blocks: bytes at steps.

/** out[at] = table[indices[at]]; rows outside the table are 0. */
export function gatherRows(table: usize, tableRows: i32, indices: usize, count: i32, width: i32, out: usize): void {
  const bytes = (<usize>width) << 2
  for (let at = 0; at < count; at++) {
    const row = load<i32>(indices + ((<usize>at) << 2))
    if (<u32>row < <u32>tableRows) memory.copy(out, table + <usize>row * bytes, bytes)
    else memory.fill(out, 0, bytes)
    out += bytes
  }
}

/** out[s] = the sum of the rows whose segment is s, in their order; rows outside the segments count nowhere. */
export function sumSegments(rows: usize, segments: usize, count: i32, width: i32, out: usize, outRows: i32): void {
  const bytes = (<usize>width) << 2
  const wide = bytes & ~15
  memory.fill(out, 0, <usize>outRows * bytes)
  for (let at = 0; at < count; at++) {
    const segment = load<i32>(segments + ((<usize>at) << 2))
    if (<u32>segment < <u32>outRows) {
      const target = out + <usize>segment * bytes
      let place: usize = 0
      for (; place < wide; place += 16) {
        v128.store(target + place, f32x4.add(v128.load(target + place), v128.load(rows + place)))
      }
      for (; place < bytes; place += 4) {
        store<f32>(target + place, load<f32>(target + place) + load<f32>(rows + place))
      }
    }
    rows += bytes
  }
}

/** Copies `count` blocks of `bytes`, each a step after the one before. */
export function copyBlocks(
  source: usize,
  sourceStep: usize,
  target: usize,
  targetStep: usize,
  bytes: usize,
  count: i32,
): void {
  for (let at = 0; at < count; at++) {
    memory.copy(target, source, bytes)
    source += sourceStep
    target += targetStep
  }
}
