// Arithmetic on rows of 32-bit floats whose length is a multiple of 4. Pointers and sizes in bytes where so named.

/** Always in one order, so that results repeat bit for bit. */
// @ts-ignore: decorator
@inline
export function sumLanes(sum: v128): f32 {
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  )
}

export function dot(left: usize, right: usize, length: i32): f32 {
  let sum = f32x4.splat(0)
  const end = left + (<usize>length << 2)
  while (left < end) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(left), v128.load(right)))
    left += 16
    right += 16
  }
  return sumLanes(sum)
}

/** target += factor * source */
export function addScaled(target: usize, factor: f32, source: usize, length: i32): void {
  const scale = f32x4.splat(factor)
  const end = target + (<usize>length << 2)
  while (target < end) {
    v128.store(target, f32x4.add(v128.load(target), f32x4.mul(scale, v128.load(source))))
    target += 16
    source += 16
  }
}

/** target += the sum of four factors * sources, which share its loads and stores */
export function addFourScaled(
  target: usize,
  factors: v128,
  first: usize,
  second: usize,
  third: usize,
  fourth: usize,
  length: i32,
): void {
  const scale0 = f32x4.splat(f32x4.extract_lane(factors, 0))
  const scale1 = f32x4.splat(f32x4.extract_lane(factors, 1))
  const scale2 = f32x4.splat(f32x4.extract_lane(factors, 2))
  const scale3 = f32x4.splat(f32x4.extract_lane(factors, 3))
  const bytes = <usize>length << 2
  for (let at: usize = 0; at < bytes; at += 16) {
    const left = f32x4.add(f32x4.mul(scale0, v128.load(first + at)), f32x4.mul(scale1, v128.load(second + at)))
    const right = f32x4.add(f32x4.mul(scale2, v128.load(third + at)), f32x4.mul(scale3, v128.load(fourth + at)))
    v128.store(target + at, f32x4.add(v128.load(target + at), f32x4.add(left, right)))
  }
}

/** target = source + factor * target */
export function scaleAndAdd(target: usize, factor: f32, source: usize, length: i32): void {
  const scale = f32x4.splat(factor)
  const end = target + (<usize>length << 2)
  while (target < end) {
    v128.store(target, f32x4.add(v128.load(source), f32x4.mul(scale, v128.load(target))))
    target += 16
    source += 16
  }
}

/** target = factor * source */
export function setScaled(target: usize, factor: f32, source: usize, length: i32): void {
  const scale = f32x4.splat(factor)
  const end = target + (<usize>length << 2)
  while (target < end) {
    v128.store(target, f32x4.mul(scale, v128.load(source)))
    target += 16
    source += 16
  }
}
