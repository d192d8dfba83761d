import { sumLanes } from '../../kernels/assembly/vectors'

/** out[row] = the sum of each row of `columns` floats. */
export function sumAlongRows(x: usize, rows: i32, columns: i32, out: usize): void {
  const bytes = (<usize>columns) << 2
  const wide = bytes & ~15
  for (let row = 0; row < rows; row++) {
    let sums = f32x4.splat(0)
    for (let at: usize = 0; at < wide; at += 16) sums = f32x4.add(sums, v128.load(x + at))
    let sum = sumLanes(sums)
    for (let at = wide; at < bytes; at += 4) sum += load<f32>(x + at)
    store<f32>(out + ((<usize>row) << 2), sum)
    x += bytes
  }
}

/** out[column] = the sum of each column of `columns` floats. */
export function sumDownColumns(x: usize, rows: i32, columns: i32, out: usize): void {
  const bytes = (<usize>columns) << 2
  const wide = bytes & ~15
  memory.fill(out, 0, bytes)
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < wide; at += 16) {
      v128.store(out + at, f32x4.add(v128.load(out + at), v128.load(x + at)))
    }
    for (let at = wide; at < bytes; at += 4) store<f32>(out + at, load<f32>(out + at) + load<f32>(x + at))
    x += bytes
  }
}
