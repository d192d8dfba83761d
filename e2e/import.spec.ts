import { readFileSync } from 'node:fs'
import { createGraph } from '../main/export/onnx/graph'
import { takeSample, trainThree } from './sample'
import { expect, goTo, test } from './workbench'

test('lists that were taken away are brought in as made elsewhere, with the same numbers', async ({
  page,
  workbench,
}) => {
  await takeSample(page, workbench.url)
  await trainThree(page)
  await page.getByRole('main').getByRole('link', { name: 'ials-1' }).click()
  await page.getByRole('button', { name: 'Export ials-1' }).click()
  const drawer = page.getByRole('dialog', { name: 'Export' })
  await drawer.getByRole('radio', { name: 'Lists, CSV', exact: true }).check()
  await drawer.getByRole('button', { name: 'Export', exact: true }).click()
  const downloaded = page.waitForEvent('download')
  await drawer.getByRole('link', { name: 'Download' }).click()
  const buffer = readFileSync(await (await downloaded).path())
  await page.keyboard.press('Escape')

  await goTo(page, 'Train')
  await page.getByRole('button', { name: 'Bring in', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Bring in what another program made' })
  await dialog.locator('input[type=file]').setInputFiles({ name: 'theirs.csv', mimeType: 'text/csv', buffer })
  await expect(dialog.getByText('theirs.csv')).toBeVisible()
  await dialog.getByRole('button', { name: 'Read and judge' }).click()
  await expect(page.getByText('theirs.csv').first()).toBeVisible()

  await goTo(page, 'Compare')
  const rows = page.getByRole('row').filter({ hasText: /ials-1|theirs\.csv/ })
  await expect(rows).toHaveCount(2)
  const theirs = rows.filter({ hasText: 'theirs.csv' })
  await expect(theirs.getByText('made elsewhere').first()).toBeVisible()
  const metrics = async (row: typeof rows) =>
    (await row.getByRole('cell').allInnerTexts()).filter((text) => /^0\.\d{3,}/.test(text))
  await expect.poll(() => metrics(theirs)).toEqual(await metrics(rows.filter({ hasText: 'ials-1' })))
  expect((await metrics(theirs)).length).toBeGreaterThan(0)
  await theirs.getByRole('link', { name: 'theirs.csv', exact: true }).click()
  await expect(page.getByText('Users that are not in this data')).toBeVisible()

  // A graph that scores what is in a history highest, and its ids.
  const itemIds = [...new Set(readIds(buffer.toString()))]
  await goTo(page, 'Train')
  await page.getByRole('button', { name: 'Bring in', exact: true }).click()
  await dialog.getByText('Scorer', { exact: true }).click()
  const pick = (at: number, name: string, content: Buffer) =>
    dialog
      .locator('input[type=file]')
      .nth(at)
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: content })
  await pick(0, 'theirs.onnx', similarTo(itemIds.length))
  await pick(1, 'items.json', Buffer.from(JSON.stringify(itemIds)))
  await expect(dialog.getByText('items.json')).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('dialog.png') })
  await dialog.getByRole('button', { name: 'Read and judge' }).click()
  await expect(page.getByText('theirs.onnx').first()).toBeVisible()
  await goTo(page, 'Compare')
  await page.getByRole('link', { name: 'theirs.onnx', exact: true }).first().click()
  await expect(page.getByText('histories', { exact: true })).toBeVisible()
  await expect(page.getByText('Items of this data without a score')).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('scorer.png') })
})

/** The items of lists as CSV. */
function readIds(csv: string): string[] {
  const [header, ...lines] = csv
    .replace(/^\ufeff/, '')
    .trim()
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
  const place = header.split(',').indexOf('item_id')
  return lines.map((line) => line.split(',')[place])
}

/** Scores of a history by a matrix of items, a row of ones beside another. */
function similarTo(items: number): Buffer {
  const graph = createGraph()
  const history = graph.input('history', 'float', ['batch', items])
  const data = Float32Array.from(
    { length: items * items },
    (_, at) => 1 / (1 + Math.abs((at % items) - Math.floor(at / items))),
  )
  const weights = graph.constant('weights', { type: 'float', shape: [items, items], data })
  graph.output('scores', graph.operator('MatMul', [history, weights]), 'float', ['batch', items])
  return Buffer.concat(graph.build({ name: 'theirs', version: '0', meaning: '', facts: {} }))
}
