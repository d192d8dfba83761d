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
  ...[
    'als',
    'pure-svd',
    'lightgcn',
    'bpr',
    'mf',
    'funk-svd',
    'svd-plus-plus',
    'fm',
    'gmf',
    'deep-mf',
    'user-knn',
    'mlp',
    'neumf',
  ].map((id) => [id, 'users.onnx', 'users'] as const),
  ...['ease', 'slim', 'gf-cf', 'mult-vae', 'popularity', 'bias'].map(
    (id) => [id, 'history.onnx', 'histories'] as const,
  ),
  ...['sasrec', 'bert4rec', 'two-tower'].map((id) => [id, 'history.onnx', 'sequences'] as const),
  ['transformer-mf', 'users.onnx', 'sequences'],
  ['deepfm', 'users.onnx', 'users'],
] as const)('%s as %s, taken away and brought in, lists the same', { timeout: 60_000 }, (id, graph, takes) =>
  expectRoundTrip(folder, id, graph, takes),
)
