/**
 * One step of Adam on `count` floats in one pass: both moments and the weight change in place. `rate` and `stabiliser`
 * carry the corrections of the moments' bias; `kept` is what weight decay leaves of the weight.
 */
export function adam(
  weight: usize,
  first: usize,
  second: usize,
  gradient: usize,
  count: i32,
  kept1: f32,
  added1: f32,
  kept2: f32,
  added2: f32,
  rate: f32,
  stabiliser: f32,
  kept: f32,
): void {
  const bytes = (<usize>count) << 2
  const wide = bytes & ~15
  let at: usize = 0
  for (; at < wide; at += 16) {
    const slope = v128.load(gradient + at)
    const mean = f32x4.add(f32x4.mul(v128.load(first + at), f32x4.splat(kept1)), f32x4.mul(slope, f32x4.splat(added1)))
    const square = f32x4.add(
      f32x4.mul(v128.load(second + at), f32x4.splat(kept2)),
      f32x4.mul(f32x4.mul(slope, slope), f32x4.splat(added2)),
    )
    const step = f32x4.mul(f32x4.div(mean, f32x4.add(f32x4.sqrt(square), f32x4.splat(stabiliser))), f32x4.splat(rate))
    v128.store(first + at, mean)
    v128.store(second + at, square)
    v128.store(weight + at, f32x4.sub(f32x4.mul(v128.load(weight + at), f32x4.splat(kept)), step))
  }
  for (; at < bytes; at += 4) {
    const slope = load<f32>(gradient + at)
    const mean = load<f32>(first + at) * kept1 + slope * added1
    const square = load<f32>(second + at) * kept2 + slope * slope * added2
    store<f32>(first + at, mean)
    store<f32>(second + at, square)
    store<f32>(weight + at, load<f32>(weight + at) * kept - (mean / (sqrt<f32>(square) + stabiliser)) * rate)
  }
}
