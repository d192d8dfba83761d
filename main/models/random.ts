/** A seeded generator of pseudo-random numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number
  /** Uniform integer in [0, bound), without modulo bias; bound up to 2^32. */
  integer(bound: number): number
  /** Standard normal (Marsaglia's polar method). */
  normal(): number
  /** An independent generator, derived from this one's seed and a name; the order of derivations does not matter. */
  derive(name: string): Random
}

/** PCG32 would need 64-bit arithmetic; sfc32 (Chris Doty-Humphrey, PractRand) is as good for our use and needs 32. */
export function createRandom(seed: number): Random {
  const next = sfc32(seed >>> 0)
  const uniform = () => next() / 2 ** 32
  let spare: number | null = null
  return {
    uniform,
    integer(bound) {
      const limit = 2 ** 32 - (2 ** 32 % bound)
      let value = next()
      while (value >= limit) value = next()
      return value % bound
    },
    normal() {
      if (spare !== null) {
        const value = spare
        spare = null
        return value
      }
      for (;;) {
        const x = 2 * uniform() - 1
        const y = 2 * uniform() - 1
        const square = x * x + y * y
        if (square === 0 || square >= 1) continue
        const factor = Math.sqrt((-2 * Math.log(square)) / square)
        spare = y * factor
        return x * factor
      }
    },
    derive: (name) => createRandom(hash(`${seed >>> 0}/${name}`)),
  }
}

function sfc32(seed: number): () => number {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = seed
  let counter = 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 15; i++) next()
  return next
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

/** Spreads the bits of a whole number over 32 bits (the finaliser of MurmurHash3). */
export function hash32(value: number): number {
  let bits = (value ^ (value >>> 16)) >>> 0
  bits = Math.imul(bits, 0x85ebca6b)
  bits ^= bits >>> 13
  bits = Math.imul(bits, 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
