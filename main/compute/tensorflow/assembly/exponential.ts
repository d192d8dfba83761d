import { sumLanes } from '../../kernels/assembly/vectors'

/** Added to a number below 2^22, it leaves the nearest whole number in the lowest bits. */
const rounder: f32 = 12582912

/** e^x of four floats: 2^n times a polynomial on [-ln 2 / 2, ln 2 / 2], exact to two units in the last place. */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  // In this order what is no number stays so.
  const limited = f32x4.pmax(f32x4.pmin(x, f32x4.splat(88.7)), f32x4.splat(-87.3))
  const rounded = f32x4.add(f32x4.mul(limited, f32x4.splat(1.4426950408889634)), f32x4.splat(rounder))
  const whole = f32x4.sub(rounded, f32x4.splat(rounder))
  let rest = f32x4.sub(limited, f32x4.mul(whole, f32x4.splat(0.693359375)))
  rest = f32x4.sub(rest, f32x4.mul(whole, f32x4.splat(-2.1219444e-4)))
  let sum = f32x4.splat(1.98756915e-4)
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.3981999507e-3))
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(8.3334519073e-3))
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(4.1665795894e-2))
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.6666665459e-1))
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(5.0000001201e-1))
  sum = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(sum, rest), rest), rest), f32x4.splat(1))
  return f32x4.mul(sum, i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23))
}

export function greatestOf(row: usize, count: i32): f32 {
  const bytes = <usize>count << 2
  const wide = bytes & ~15
  let most = f32x4.splat(-Infinity)
  for (let at: usize = 0; at < wide; at += 16) most = f32x4.pmax(most, v128.load(row + at))
  let greatest = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  )
  for (let at = wide; at < bytes; at += 4) greatest = max(greatest, load<f32>(row + at))
  return greatest
}

/** Sum of e^(x - shift) of a row of `count` floats. */
export function sumOfExponentials(row: usize, count: i32, shift: f32): f32 {
  const bytes = <usize>count << 2
  const wide = bytes & ~15
  let sums = f32x4.splat(0)
  for (let at: usize = 0; at < wide; at += 16) {
    sums = f32x4.add(sums, exponential(f32x4.sub(v128.load(row + at), f32x4.splat(shift))))
  }
  let sum = sumLanes(sums)
  for (let at = wide; at < bytes; at += 4) sum += exponentialOf(load<f32>(row + at) - shift)
  return sum
}

export function exponentialOf(x: f32): f32 {
  return f32x4.extract_lane(exponential(f32x4.splat(x)), 0)
}

/** out = e^x for `count` floats. */
export function exponentials(x: usize, count: i32, out: usize): void {
  const bytes = <usize>count << 2
  const wide = bytes & ~15
  for (let at: usize = 0; at < wide; at += 16) v128.store(out + at, exponential(v128.load(x + at)))
  for (let at = wide; at < bytes; at += 4) store<f32>(out + at, exponentialOf(load<f32>(x + at)))
}
