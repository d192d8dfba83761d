import { addFourScaled, addScaled } from './vectors'

/**
 * Rows of a sparse matrix in (offsets, columns, values) times a dense one of `length` floats a row (a multiple of 4), for
 * a chunk of rows, into `out`. 2 x entries x length operations.
 */
export function sparseProductChunk(
  chunk: i32,
  _thread: i32,
  offsets: usize,
  columns: usize,
  values: usize,
  rows: i32,
  dense: usize,
  length: i32,
  out: usize,
  chunkRows: i32,
): void {
  const rowBytes = <usize>length << 2
  const end = min((chunk + 1) * chunkRows, rows)
  for (let row = chunk * chunkRows; row < end; row++) {
    const target = out + <usize>row * rowBytes
    memory.fill(target, 0, rowBytes)
    const last = <usize>load<u32>(offsets + (<usize>row << 2), 4) << 2
    let entry = <usize>load<u32>(offsets + (<usize>row << 2)) << 2
    for (; entry + 16 <= last; entry += 16) {
      const column = columns + entry
      const first = dense + <usize>load<u32>(column) * rowBytes
      const second = dense + <usize>load<u32>(column, 4) * rowBytes
      const third = dense + <usize>load<u32>(column, 8) * rowBytes
      const fourth = dense + <usize>load<u32>(column, 12) * rowBytes
      addFourScaled(target, v128.load(values + entry), first, second, third, fourth, length)
    }
    for (; entry < last; entry += 4) {
      addScaled(target, load<f32>(values + entry), dense + <usize>load<u32>(columns + entry) * rowBytes, length)
    }
  }
}
