import { expect, test } from 'vitest'
import { createRandom } from '../../models/random'
import { splitRecords } from './records'
import { createScanner } from './scan'

const layout = { delimiter: ',', quote: '"' } as const

interface Seen {
  line: number
  isBlank: boolean
  firstByte: number
}

/** Feeds a text in the given pieces. */
function scan(pieces: readonly Buffer[]) {
  const records: Seen[] = []
  const scanner = createScanner(layout, (line, isBlank, firstByte) => records.push({ line, isBlank, firstByte }))
  for (const piece of pieces) scanner.feed(piece)
  scanner.end()
  return { records, lineEnds: [...scanner.lineEnds].sort() }
}

/** A text of the characters that matter, its quotes closed, cut into pieces at random. */
function randomPieces(seed: number): Buffer[] {
  const random = createRandom(seed)
  const cells = ['', 'a', 'bc', '"q"', '"x,y"', '"l\nl"', '"l\r\nl"', '"d""d"']
  const plain = random.uniform() < 0.5
  const ends = random.uniform() < 0.3 ? ['\n', '\r\n', '\r'] : ['\n']
  const pick = <T>(from: readonly T[]) => from[random.integer(from.length)]
  const lines = Array.from({ length: 12 }, () => {
    const width = random.integer(4)
    return Array.from({ length: width }, () => pick(plain ? cells.slice(0, 3) : cells)).join(',') + pick(ends)
  })
  const bytes = Buffer.from(lines.join(''))
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + random.integer(random.uniform() < 0.5 ? 3 : 60)
    pieces.push(bytes.subarray(at, at + length))
    at += length
  }
  return pieces
}

test('the pieces in which a text arrives change nothing, and an independent splitter counts the same records', () => {
  for (let seed = 1; seed <= 2000; seed++) {
    const pieces = randomPieces(seed)
    const whole = Buffer.concat(pieces)
    const found = scan(pieces)
    expect(found, `seed ${seed}`).toEqual(scan([...whole].map((byte) => Buffer.of(byte))))
    const split = splitRecords(whole.toString(), layout)
    expect(found.records.length, `seed ${seed}`).toBe(split.length)
    expect(
      found.records.map(({ isBlank }) => isBlank),
      `seed ${seed}`,
    ).toEqual(split.map((record) => record.length === 1 && record[0] === ''))
  }
})

test('a record knows its first line and byte', () => {
  expect(scan([Buffer.from('a,b\n"c\n'), Buffer.from('d",e\nf,g\n\nh'), Buffer.from(',i\nj,k\n')]).records).toEqual([
    { line: 1, isBlank: false, firstByte: 0 },
    { line: 2, isBlank: false, firstByte: 4 },
    { line: 4, isBlank: false, firstByte: 12 },
    { line: 5, isBlank: true, firstByte: 16 },
    { line: 6, isBlank: false, firstByte: 17 },
    { line: 7, isBlank: false, firstByte: 21 },
  ])
})
