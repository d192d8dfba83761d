import { exponential, exponentialOf, greatestOf, sumOfExponentials } from './exponential'

// Cross-entropy of rows of logits with one label each: log(sum of e^logit) - logit of the label.

/** Greatest logit and sum of e^(logit - greatest) of each row; the logarithm is left to the caller, since it needs tables. */
export function sumRows(logits: usize, rows: i32, columns: i32, greatest: usize, sums: usize): void {
  for (let row: usize = 0; row < (<usize>rows) << 2; row += 4) {
    const most = greatestOf(logits, columns)
    store<f32>(greatest + row, most)
    store<f32>(sums + row, sumOfExponentials(logits, columns, most))
    logits += (<usize>columns) << 2
  }
}

/** (softmax - 1 at the label) times the row's slope. */
export function crossEntropyGradient(
  logits: usize,
  labels: usize,
  logs: usize,
  slopes: usize,
  rows: i32,
  columns: i32,
  out: usize,
): void {
  const bytes = (<usize>columns) << 2
  const wide = bytes & ~15
  for (let row = 0; row < rows; row++) {
    const label = load<i32>(labels + ((<usize>row) << 2))
    const slope = load<f32>(slopes + ((<usize>row) << 2))
    if (<u32>label >= <u32>columns || slope === 0) memory.fill(out, 0, bytes)
    else {
      const log = load<f32>(logs + ((<usize>row) << 2))
      const shift = f32x4.splat(log)
      const factor = f32x4.splat(slope)
      for (let at: usize = 0; at < wide; at += 16) {
        v128.store(out + at, f32x4.mul(factor, exponential(f32x4.sub(v128.load(logits + at), shift))))
      }
      for (let at = wide; at < bytes; at += 4) {
        store<f32>(out + at, slope * exponentialOf(load<f32>(logits + at) - log))
      }
      const place = out + ((<usize>label) << 2)
      store<f32>(place, load<f32>(place) - slope)
    }
    logits += bytes
    out += bytes
  }
}
