const word = new Float32Array(1)
const bits = new Uint32Array(word.buffer)

/** The bits of the nearest number of half precision (IEEE 754 binary16), of two as near the even one. */
export function toHalf(value: number): number {
  word[0] = value
  const sign = (bits[0] >>> 16) & 0x8000
  const exponent = (bits[0] >>> 23) & 0xff
  const fraction = bits[0] & 0x7fffff
  if (exponent === 0xff) return sign | 0x7c00 | (fraction ? 0x200 : 0)
  const own = exponent - 112
  if (own >= 31) return sign | 0x7c00
  // Below 2^-14 the leading 1 becomes a digit like any other, and digits are shifted out.
  const shift = own <= 0 ? 14 - own : 13
  if (shift > 24) return sign
  const digits = own <= 0 ? fraction | 0x800000 : fraction | (own << 23)
  const kept = Math.floor(digits / 2 ** shift)
  const rest = digits - kept * 2 ** shift
  const half = 2 ** (shift - 1)
  return sign | (rest > half || (rest === half && kept % 2 === 1) ? kept + 1 : kept)
}

export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
