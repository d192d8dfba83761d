import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parquetRows, writeParquet } from '../formats/tables'
import { compareTables, rowsOf, sampleOf, type TableRow } from './tables'

const folder = mkdtempSync(join(tmpdir(), 'topn-tables-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const row = (...numbers: (number | null)[]): TableRow => ({ names: ['u', 'i'], numbers })

async function proofOf(own: number | null, other: number | null) {
  return compareTables('a test', [await sampleOf(rowsOf('rows', [row(own)]))], [rowsOf('rows', [row(other)])])
}

test.each([
  [0.1, Math.fround(0.1)],
  [-12345.678, Math.fround(-12345.678)],
  [1_700_000_123, 1_700_000_123],
  [1_700_000_123.25, 1_700_000_123.25],
  [null, null],
])('%d may be read back as %d', async (own, other) => {
  expect((await proofOf(own, other)).largestDifference).toBeLessThan(1e-7)
})

test.each([
  [0.1, 0.1 + 2e-6],
  [1000.5, 1000.502],
  [3, 3 + 1e-9],
  [1_700_000_123, Math.fround(1_700_000_123)],
  [1_700_000_123.25, Math.fround(1_700_000_123.25)],
  [0, null],
  [null, 0],
])('%d is not to be read back as %d', async (own, other) => {
  await expect(proofOf(own, other)).rejects.toMatchObject({ code: 'BAD_DATA' })
})

describe('a split', () => {
  const rows = [
    ['u', 'i', 5, 1_700_000_123],
    ['u', 'j', 2.5, 1_700_000_777],
  ] as const
  const expected = () =>
    sampleOf(
      rowsOf(
        'train',
        rows.map(([user, item, ...numbers]) => ({ names: [user, item], numbers })),
      ),
    )

  test.each([
    ['double', true],
    ['float', false],
  ] as const)('whose times are written as %s is proved: %s', async (type, isProved) => {
    const columns = [
      ['user_id', 'text'],
      ['item_id', 'text'],
      ['value', 'float'],
      ['timestamp', type],
    ] as const
    await writeParquet(folder, 'train.parquet', columns, rows)
    const proof = compareTables('DuckDB', [await expected()], [parquetRows(folder, 'train', 2)])
    if (isProved) expect(await proof).toMatchObject({ rows: 2, largestDifference: 0, topAgreement: 1 })
    else await expect(proof).rejects.toThrow('Nothing was exported')
    rmSync(join(folder, 'train.parquet'))
  })
})

test('a table that was not to be written is an error', async () => {
  const sample = [await sampleOf(rowsOf('train', [row(1)]))]
  const found = (name: string) => rowsOf(name, [row(1)])
  expect(await compareTables('a test', sample, [found('train')])).toMatchObject({ topAgreement: 1 })
  await expect(compareTables('a test', sample, [found('train'), found('test')])).rejects.toMatchObject({
    code: 'BAD_DATA',
  })
})
