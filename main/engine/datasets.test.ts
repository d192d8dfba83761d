import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openTestEngine } from './testing/open-engine'

const folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
const engine = await openTestEngine()
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a folder is opened as it was proposed, and its rejected rows are a file that no spreadsheet runs', async () => {
  const days = join(folder, 'days')
  mkdirSync(days)
  writeFileSync(join(days, 'a.csv'), 'user,item,rating\nu,1,5\n=SUM(A1),,"4"\n')
  writeFileSync(join(days, 'b.csv'), 'user,item,rating\nv,2,x\nw,2,4\n')
  const { open, layout } = await engine.call('files.previewFolder', { path: days })
  expect(layout).toBe('files')
  const { subject } = await engine.jobEnded((await engine.call('datasets.open', open)).id)
  const [dataset] = (await engine.call('datasets.list', {})).filter(({ id }) => id === subject)
  expect(dataset).toMatchObject({ name: 'days', profile: { interactions: 2, rejected: 2 } })
  const { path } = await engine.call('datasets.exportRejects', { datasetId: dataset.id })
  expect(readFileSync(path, 'utf8')).toBe(
    [
      '\ufefffile,line,reason,row',
      `${join(days, 'a.csv')},3,The item is empty.,"'=SUM(A1),,4"`,
      `${join(days, 'b.csv')},2,The rating is not a number.,"v,2,x"`,
      '',
    ].join('\r\n'),
  )
})

test('files of attributes and every path of a list are checked against the roots', async () => {
  const inside = join(folder, 'inside')
  mkdirSync(inside)
  const good = join(inside, 'good.csv')
  const bad = join(folder, 'bad.csv')
  for (const path of [good, bad]) writeFileSync(path, 'user,item\n1,2\n')
  const guarded = await openTestEngine({ roots: [inside] })
  const refusal = { code: 'BAD_REQUEST', data: { file: bad } }
  await expect(guarded.call('datasets.open', { path: [good, bad] })).rejects.toMatchObject(refusal)
  await expect(guarded.call('datasets.open', { path: good, users: { path: bad } })).rejects.toMatchObject(refusal)
  await expect(guarded.call('files.previewFolder', { path: folder })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await guarded.close()
})
