import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, test } from 'vitest'
import { prepareTastes } from '../export/testing/exported'
import { expectRoundTrip } from './testing/round-trip'

const folder = mkdtempSync(join(tmpdir(), 'topn-round-trip-'))
beforeAll(() => prepareTastes(join(folder, 'prepared')))
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  ['ials', 'users.onnx', 'users'],
  ['item-knn', 'history.onnx', 'histories'],
  ['gru4rec', 'history.onnx', 'sequences'],
] as const)('%s as %s, taken away and brought in, lists the same', (id, graph, takes) =>
  expectRoundTrip(folder, id, graph, takes),
)
