import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createGraph } from '../main/export/onnx/graph'
import { takeSample, trainThree } from './sample'
import { cli, expect, goTo, test } from './workbench'

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
  const dialog = page.getByRole('dialog', { name: 'Bring in a model or its results' })
  await dialog.locator('input[type=file]').setInputFiles({ name: 'theirs.csv', mimeType: 'text/csv', buffer })
  await expect(dialog.getByText('theirs.csv', { exact: true })).toBeVisible()
  await dialog.getByRole('button', { name: 'Read and judge' }).click()
  await expect(dialog).toBeHidden()
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
  await goTo(page, 'Users')
  await page.getByRole('main').getByText('What if', { exact: true }).click()
  await expect(page.getByText('theirs.csv was made elsewhere', { exact: false })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Train theirs.csv again with this history' })).toHaveCount(0)

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
  await expect(dialog.getByText('theirs.onnx', { exact: true })).toBeVisible()
  await pick(1, 'items.json', Buffer.from(JSON.stringify(itemIds)))
  await expect(dialog.getByText('items.json', { exact: true })).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('dialog.png') })
  await dialog.getByRole('button', { name: 'Read and judge' }).click()
  await expect(dialog).toBeHidden()
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

test('a model of other data is brought in, and says what is missing', { tag: '@long' }, async ({ page, workbench }) => {
  await workbench.stop()
  trainOn(workbench.workspace, 'first', 'colour')
  trainOn(workbench.workspace, 'second', 'paint')
  await workbench.start()
  await page.goto(workbench.url)
  await goTo(page, 'Train')
  await page.getByRole('button', { name: 'Bring in', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Bring in a model or its results' })
  await dialog.getByText('Model of other data', { exact: true }).click()
  const source = dialog.getByRole('combobox', { name: 'Trained run' })
  await source.click()
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await goTo(page, 'Compare')
  await page
    .getByRole('table', { name: 'Leaderboard' })
    .getByRole('link', { name: /^content-knn/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Use on other data' }).click()
  await page.getByRole('menuitem').click()
  await expect(source).toHaveValue(/^content-knn.*content k-NN, (first|second)/i)
  await page.screenshot({ path: test.info().outputPath('other-data.png') })
  await dialog.getByRole('button', { name: 'Read and judge' }).click()
  await expect(dialog).toBeHidden()
  await goTo(page, 'Compare')
  const badge = page.getByText(/^trained on (first|second)/).first()
  await expect(badge).toBeVisible()
  const row = page.getByRole('row').filter({ has: badge })
  await row.getByRole('link').first().click()
  await expect(page.getByRole('cell', { name: 'This data has no such attribute of items.', exact: true })).toBeVisible()
  await expect(page.getByRole('table', { name: 'What of its features this data has' })).toContainText('maker')
  await page.screenshot({ path: test.info().outputPath('moved.png'), fullPage: true })
})

/** Trains content k-NN in a workspace on choices of items that have a maker, and another attribute by that name. */
function trainOn(workspace: string, name: string, attribute: string): void {
  const folder = join(workspace, 'files', name)
  mkdirSync(folder, { recursive: true })
  const file = (path: string, content: string) => {
    writeFileSync(join(folder, path), content)
    return join(folder, path)
  }
  const items = Array.from({ length: 30 }, (_, item) => `${name}-i${item}`)
  const choices = Array.from({ length: 24 }, (_, user) =>
    items.filter((_, item) => (item + user) % 3 === 0).map((item) => `${name}-u${user},${item}`),
  )
  const interactions = file(`${name}.csv`, ['user,item', ...choices.flat()].join('\n'))
  const about = items.map((item, at) => `${item},value ${at % 3},maker ${at % 4}`)
  const path = file('items.csv', [`item,${attribute},maker`, ...about].join('\n'))
  const dataset = { interactions, items: { path, id: 'item', features: [attribute, 'maker'] } }
  const experiment = file('experiment.json', JSON.stringify({ dataset, models: [{ model: 'content-knn' }] }))
  const words = [cli, 'run', experiment, '--workspace', workspace, '--out', join(folder, 'out')]
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  expect(status, stderr).toBe(0)
}
