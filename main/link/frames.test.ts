import { expect, test } from 'vitest'
import { maximumFrameBytes } from '../contract/calls'
import { decodeFrame, encodeFrame } from './frames'

const message = {
  t: 'q',
  i: '1',
  m: 'call',
  a: ['runs.start', { numbers: Float64Array.of(Number.NaN, -0, Infinity), texts: ['é', ''], nested: [[{}], null] }],
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function createRandom(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

test('a frame gives back its message', () => {
  expect(decodeFrame(encodeFrame(message))).toEqual(message)
})

test('the largest frame is not exceeded', () => {
  // Five bytes say type and length, one the kind of array.
  expect(encodeFrame(new Uint8Array(maximumFrameBytes - 7)).byteLength).toBeLessThanOrEqual(maximumFrameBytes)
  expect(() => encodeFrame(new Uint8Array(maximumFrameBytes))).toThrow(/too large; ask for less at once/)
})

test('a key can never become a prototype', () => {
  const hostile = encodeFrame(new Map([['__proto__', { isAdmin: true }]]))
  const decoded = decodeFrame(hostile) as Record<string, unknown>
  expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype)
  expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
})

test('bytes of any kind are decoded or refused, and the next frame is read as ever', () => {
  const random = createRandom(7)
  const sound = encodeFrame(message)
  let refused = 0
  for (let round = 0; round < 5000; round++) {
    const frame = Uint8Array.from(round % 2 ? sound : new Uint8Array(1 + random() * 64))
    const changes = round % 2 ? 1 + random() * 4 : frame.length
    for (let change = 0; change < changes; change++) frame[Math.floor(random() * frame.length)] = random() * 256
    try {
      decodeFrame(random() < 0.5 ? frame : frame.subarray(0, random() * frame.length))
    } catch (error) {
      expect(error).toBeInstanceOf(Error)
      refused++
    }
    if (round % 100 === 0) expect(decodeFrame(sound)).toEqual(message)
  }
  expect(refused).toBeGreaterThan(100)
})

test('lengths that lie cost nothing', () => {
  for (const start of [0xdd, 0xdf, 0xdb, 0xc6, 0xc9]) {
    expect(() => decodeFrame(Uint8Array.of(start, 0xff, 0xff, 0xff, 0xff, 0x74))).toThrow()
  }
})
