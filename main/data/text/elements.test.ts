import { expect, test } from 'vitest'
import { createRandom, type Random } from '../../models/random'
import { createElementScanner } from './elements'

function randomValue(random: Random, depth: number): unknown {
  const texts = ['', 'a', '"', '\\', '\\"', ']', '}', '{[,', 'é\n\u2028', '日']
  const kind = random.integer(depth > 2 ? 4 : 6)
  if (kind === 0) return texts[random.integer(texts.length)]
  if (kind === 1) return random.integer(100) - 50
  if (kind === 2) return random.uniform() < 0.5 ? null : true
  const values = Array.from({ length: random.integer(4) }, () => randomValue(random, depth + 1))
  return kind === 4 ? values : Object.fromEntries(values.map((value, at) => [texts[at] + at, value]))
}

test('elements of random arrays are those that JSON.parse finds, whatever the pieces and spaces', () => {
  for (let seed = 1; seed <= 500; seed++) {
    const random = createRandom(seed)
    const values = Array.from({ length: random.integer(6) }, () => randomValue(random, 0))
    const text = JSON.stringify(values, null, random.integer(3)).replaceAll(
      '\n',
      ['\n', '\r\n', '\r'][random.integer(3)],
    )
    const bytes = Buffer.from(`${random.uniform() < 0.3 ? '\ufeff' : ''}${text} \n`)
    const scanner = createElementScanner()
    const pieces: Uint8Array[] = []
    for (let at = 0; at < bytes.length; ) {
      const length = 1 + random.integer(20)
      pieces.push(Uint8Array.from(scanner.feed(bytes.subarray(at, at + length))))
      at += length
    }
    const lines = Buffer.concat(pieces).toString().split('\n').slice(0, -1)
    expect(
      lines.map((line) => JSON.parse(line)),
      text,
    ).toEqual(values)
    expect(scanner.isWhole()).toBe(true)
  }
})

test('an element knows the line in which it begins', () => {
  for (const lineEnd of ['\n', '\r\n', '\r']) {
    const lines: number[] = []
    const scanner = createElementScanner((line) => lines.push(line))
    scanner.feed(Buffer.from(['[', '{"a":', '1},', '', '2, {"b":"x"}', ']'].join(lineEnd)))
    expect(lines).toEqual([2, 5, 5])
  }
})

test.each(['[1,2', '[{"a":1}', '{"a":[1]}', '[1] [2]', '', 'x[1]'])('%s is not one whole array', (text) => {
  const scanner = createElementScanner()
  scanner.feed(Buffer.from(text))
  expect(scanner.isWhole()).toBe(false)
})
