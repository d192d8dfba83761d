import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { takeSample, trainThree } from './sample'
import { expect, test } from './workbench'

/** How the file of each format begins. */
const beginnings: [label: string, file: string, bytes: string | RegExp][] = [
  ['safetensors', 'zip', 'PK\x03\x04'],
  ['NumPy (.npz)', 'npz', 'PK\x03\x04'],
  ['ONNX', 'zip', 'PK\x03\x04'],
  ['TensorFlow.js', 'zip', 'PK\x03\x04'],
  ['Vectors, Parquet', 'zip', 'PK\x03\x04'],
  ['Vectors, CSV', 'zip', 'PK\x03\x04'],
  ['Embedding Projector', 'zip', 'PK\x03\x04'],
  ['Similar items', 'parquet', 'PAR1'],
  ['Lists, Parquet', 'parquet', 'PAR1'],
  ['Lists, CSV', 'csv', /^\u00ef\u00bb\u00bfuser_id,item_id,score,rank\r\n\S+,\S+,[\d.]+,1\r\n/],
  ['Lists, JSON Lines', 'jsonl', /^\{"input":\{"userId":"\S+"\},"output":\{"recommendedItems":\["/],
  ['Lists, TREC', 'zip', 'PK\x03\x04'],
  ['Split, Parquet', 'zip', 'PK\x03\x04'],
  ['Split, RecBole', 'zip', 'PK\x03\x04'],
  ['Report', 'html', /^<!doctype html>\n<html lang="en">/],
  ['Everything that repeats it', 'zip', 'PK\x03\x04'],
]

/** What a model's files are named in their archive. */
const members: Record<string, string[]> = {
  safetensors: ['model.safetensors', 'proof.json', 'README.md', 'item_ids.json'],
  'TensorFlow.js': ['model.json', 'weights-1-of-1.bin', 'history.json', 'history-weights-1-of-1.bin', 'proof.json'],
  ONNX: ['users.onnx', 'history.onnx', 'user_tower.onnx', 'item_tower.onnx', 'proof.json'],
  'Everything that repeats it': ['experiment.json', 'data/interactions.csv', 'model/model.safetensors', 'reproduce.py'],
  'Vectors, CSV': ['users.csv', 'items.csv', 'proof.json'],
  'Lists, TREC': ['run.txt', 'qrels.txt', 'proof.json'],
  'Split, RecBole': ['sample.train.inter', 'sample.test.inter', 'proof.json'],
}

async function exportAs(page: Page, label: string): Promise<Buffer> {
  const drawer = page.getByRole('dialog', { name: 'Export' })
  await drawer.getByRole('radio', { name: label, exact: true }).check()
  await drawer.getByRole('button', { name: 'Export', exact: true }).click()
  const downloaded = page.waitForEvent('download')
  await drawer.getByRole('link', { name: 'Download' }).click()
  const bytes = readFileSync(await (await downloaded).path())
  await drawer.getByRole('button', { name: 'Export something else' }).click()
  return bytes
}

/** A folder that the server may write to. */
const place = mkdtempSync(join(tmpdir(), 'topn-e2e-export-'))
test.use({ serveArguments: ['--root', place] })
test.afterAll(() => rmSync(place, { recursive: true }))

test('every format is taken away from the drawer, byte by byte what it says', { tag: '@long' }, async ({
  page,
  workbench,
  complaints,
}) => {
  await takeSample(page, workbench.url)
  await test.step('a chart as an image, as a drawing and as its numbers', async () => {
    await page.getByRole('button', { name: /^Export Users by/ }).click()
    const drawer = page.getByRole('dialog', { name: /^Export Users by/ })
    for (const [label, beginning] of [
      ['Image (PNG)', '\u0089PNG'],
      ['Drawing (SVG)', '<svg'],
      ['Numbers (CSV)', '\u00ef\u00bb\u00bf'],
    ]) {
      const downloaded = page.waitForEvent('download')
      await drawer.getByRole('button', { name: label }).click()
      const bytes = readFileSync(await (await downloaded).path())
      expect(bytes.toString('latin1').startsWith(beginning)).toBe(true)
    }
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
  })
  await trainThree(page)
  await page.getByRole('main').getByRole('link', { name: 'ials-1' }).click()
  await page.getByRole('button', { name: 'Export ials-1' }).click()
  for (const [label, , beginning] of beginnings) {
    await test.step(label, async () => {
      const text = (await exportAs(page, label)).toString('latin1')
      if (typeof beginning === 'string') expect(text.startsWith(beginning)).toBe(true)
      else expect(text).toMatch(beginning)
      for (const name of members[label] ?? []) expect(text).toContain(name)
    })
  }

  await test.step('the proof is shown, and what is there already is replaced when that is wanted', async () => {
    const drawer = page.getByRole('dialog', { name: 'Export' })
    const path = join(place, 'mine.npz')
    for (const again of [false, true]) {
      await drawer.getByRole('radio', { name: 'NumPy (.npz)' }).check()
      await drawer.getByRole('textbox', { name: 'Save to' }).fill(path)
      await drawer.getByRole('button', { name: 'Export', exact: true }).click()
      if (again) await drawer.getByRole('alert').getByRole('button', { name: 'Replace it' }).click()
      await expect(drawer.getByRole('status')).toContainText('100 users and 0 new histories were scored again')
      await drawer.getByRole('button', { name: 'Export something else' }).click()
    }
    expect(JSON.parse(readFileSync(`${path}.proof.json`, 'utf8')).topAgreement).toBe(1)
  })

  await test.step('what smaller numbers cost is shown before anything is written', async () => {
    const drawer = page.getByRole('dialog', { name: 'Export' })
    await drawer.getByRole('radio', { name: 'safetensors' }).check()
    await drawer.getByRole('textbox', { name: 'Weights set to 0' }).fill('50')
    await drawer.getByRole('button', { name: 'What does it cost?' }).click()
    const rows = drawer.getByRole('table', { name: 'What the numbers cost' }).getByRole('row')
    await expect(rows).toHaveText([/NDCG@10/, /^32 bits[^,]/, /^32 bits, 50%/, /^16 bits, 50%/, /^8 bits, 50%/])
  })
  expect(complaints).toEqual([])
})
