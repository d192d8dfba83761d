import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { ExportFormatId } from '../../contract/exports'
import { models } from '../../models/registry'
import { findFormat } from './registry'

const page = resolve(import.meta.dirname, '../../../docs/formats.md')

/** Formats that are not there for every model, each by one of those that go together. */
const columns: [title: string, format: ExportFormatId][] = [
  ['npz', 'npz'],
  ['onnx', 'onnx'],
  ['tfjs', 'tfjs'],
  ['vectors, projector', 'vectors-parquet'],
  ['similar-items', 'similar-items'],
]

test('the page says which formats there are of each model', () => {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const lines = models.map((model) =>
    row([model.name, ...columns.map(([, format]) => (findFormat(format).refusal(model) === null ? 'yes' : '–'))]),
  )
  const header = row(['model', ...columns.map(([title]) => title)])
  expect(readFileSync(page, 'utf8')).toContain([header, `|${'---|'.repeat(columns.length + 1)}`, ...lines].join('\n'))
})
