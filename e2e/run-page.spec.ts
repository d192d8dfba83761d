import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { takeSample } from './sample'
import { cli, expect, goTo, readTable, test } from './workbench'

/** Trains what the form proposes and opens the page of iALS. */
async function openRun(page: Page): Promise<void> {
  await goTo(page, 'Train')
  await page.getByRole('button', { name: 'Train 3 models' }).click()
  await expect(page.getByText('trained in')).toHaveCount(3)
  await page.getByRole('main').getByRole('link', { name: 'ials-1' }).click()
  await expect(page.getByRole('heading', { name: 'ials-1', exact: true })).toBeVisible()
}

test("a run's page says everything, and its experiment file repeats it to the same numbers", async ({
  page,
  workbench,
  complaints,
}) => {
  await takeSample(page, workbench.url)
  await openRun(page)

  const metrics = await readTable(page, 'Metrics')
  const ndcg = metrics.rows.find(([name]) => name === 'NDCG')?.[metrics.header.indexOf('k = 10')]
  const split = await readTable(page, 'Split')
  expect(split.rows.map(([part]) => part)).toEqual(['Train', 'Test'])
  expect(split.rows[1].slice(1, 3)).toEqual(['500', '500'])
  await expect(page.getByRole('heading', { name: 'Training curve: objective' })).toBeVisible()
  const log = await readTable(page, 'Log of ials-1')
  expect(log.rows.map(([, text]) => text).join(' ')).toMatch(/Queued\..*seed 42/)
  await expect(page.getByRole('main').getByText('embedding_size')).toBeVisible()

  await test.step('the experiment file, downloaded and given to the terminal', async () => {
    await page.getByRole('button', { name: 'Show as experiment file' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('"model": "ials"')).toBeVisible()
    const downloaded = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download' }).click()
    const file = join(workbench.workspace, 'experiment.json')
    await (await downloaded).saveAs(file)
    const out = join(workbench.workspace, 'repeated')
    execFileSync(process.execPath, [cli, 'run', file, '--out', out], { stdio: 'pipe' })
    const { runs } = JSON.parse(readFileSync(join(out, 'leaderboard.json'), 'utf8'))
    expect(runs[0].metrics['ndcg@10'].toFixed(4)).toBe(ndcg)
    await page.keyboard.press('Escape')
  })

  await test.step('tags and notes are kept', async () => {
    const main = page.getByRole('main')
    await main.getByRole('combobox', { name: 'Tags' }).fill('baseline')
    await main.getByRole('combobox', { name: 'Tags' }).press('Enter')
    await main.getByRole('textbox', { name: 'Notes' }).fill('Looks right for heavy users.')
    await main.getByRole('textbox', { name: 'Notes' }).blur()
    await page.reload()
    await expect(main.getByRole('textbox', { name: 'Notes' })).toHaveValue('Looks right for heavy users.')
    await expect(main.getByText('baseline')).toBeVisible()
  })

  await test.step('and taken back one after the other', async () => {
    const notes = page.getByRole('main').getByRole('textbox', { name: 'Notes' })
    await notes.fill('Something else.')
    await notes.blur()
    await page.getByRole('main').getByRole('combobox', { name: 'Tags' }).press('Backspace')
    await expect(page.getByRole('main').getByText('baseline')).toBeHidden()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'ials-1', exact: true }).click()
    await page.keyboard.press('Control+z')
    await expect(page.getByRole('main').getByText('baseline')).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(notes).toHaveValue('Looks right for heavy users.')
  })

  await test.step('run again: the same settings give the same numbers', async () => {
    await page.getByRole('button', { name: 'Run again' }).click()
    await expect(page.getByRole('heading', { name: 'ials-2', exact: true })).toBeVisible()
    await expect(page.getByRole('main').getByText('trained in')).toBeVisible()
    const again = await readTable(page, 'Metrics')
    expect(again.rows).toEqual(metrics.rows)
  })

  await test.step('change and run: the form holds the settings', async () => {
    await page.getByRole('button', { name: 'Change and run' }).click()
    await expect(page.getByRole('heading', { name: 'Train', exact: true })).toBeVisible()
    await expect(page.getByRole('checkbox', { name: 'iALS' })).toBeChecked()
    await expect(page.getByRole('checkbox', { name: 'Popularity' })).not.toBeChecked()
    await page.getByRole('button', { name: /iALS: \d parameters/ }).click()
    await page.getByRole('textbox', { name: 'embedding_size' }).fill('16')
    await page.getByRole('button', { name: 'Train 1 model' }).click()
    const changed = page.getByRole('main').getByRole('link', { name: 'ials-3' })
    await changed.click()
    await expect(page.getByRole('heading', { name: 'ials-3', exact: true })).toBeVisible()
    await expect(page.getByRole('main').getByText('trained in')).toBeVisible()
    await expect(page.getByRole('main').getByText('16', { exact: true })).toBeVisible()
  })
  expect(complaints).toEqual([])
})

test('a run is renamed, duplicated, and deleted with a way back', async ({ page, workbench, complaints }) => {
  await takeSample(page, workbench.url)
  await openRun(page)
  await page.getByRole('button', { name: 'Rename ials-1' }).click()
  await page.getByRole('textbox', { name: 'New name' }).fill('factors <b>&')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'factors <b>&', exact: true })).toBeVisible()

  const before = await readTable(page, 'Metrics')
  await page.getByRole('button', { name: 'Duplicate factors <b>&' }).click()
  await expect(page.getByRole('heading', { name: /factors <b>& .*/ })).toBeVisible()
  expect((await readTable(page, 'Metrics')).rows).toEqual(before.rows)

  await page.getByRole('button', { name: /^Delete / }).click()
  await expect(page.getByText(/^factors <b>& .* was deleted$/)).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  expect((await readTable(page, 'Metrics')).rows).toEqual(before.rows)
  await page.getByRole('button', { name: /^Delete / }).click()
  await page.getByRole('button', { name: 'Restore this run' }).click()
  expect((await readTable(page, 'Metrics')).rows).toEqual(before.rows)
  expect(complaints).toEqual([])
})

test('the inspector shows the run that is chosen, and stays as it was left', async ({
  page,
  workbench,
  complaints,
}) => {
  await takeSample(page, workbench.url)
  await openRun(page)
  await goTo(page, 'Compare')
  await page.getByRole('button', { name: 'Inspect item-knn-1' }).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByRole('link', { name: 'item-knn-1' })).toBeVisible()
  await expect(inspector.getByText('neighbors')).toBeVisible()
  const edge = inspector.getByRole('separator', { name: 'Width of the inspector' })
  await edge.focus()
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowLeft')
  await page.reload()
  await expect(inspector.getByText('20,256')).toBeVisible()
  await expect(edge).toHaveAttribute('aria-valuenow', '368')
  expect((await inspector.boundingBox())?.width).toBe(368)
  await inspector.getByRole('button', { name: 'Hide the inspector' }).click()
  await expect(inspector).toBeHidden()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Show the inspector' })).toBeVisible()
  await expect(inspector).toBeHidden()
  expect(complaints).toEqual([])
})

test('a cancelled job is tried again from the tray, with its log', async ({ page, workbench }) => {
  await takeSample(page, workbench.url)
  await goTo(page, 'Train')
  for (const name of ['Popularity', 'Item k-NN']) await page.getByRole('checkbox', { name }).setChecked(false)
  await page.getByRole('button', { name: /iALS: \d parameters/ }).click()
  await page.getByRole('textbox', { name: 'embedding_size' }).fill('512')
  await page.getByRole('textbox', { name: 'epochs' }).fill('1000')
  await page.getByRole('button', { name: 'Train 1 model' }).click()
  await expect(page.getByText(/epoch \d+ of 1,?000/).first()).toBeVisible()
  await expect(page.getByRole('img', { name: 'Training curve: objective' })).toBeVisible()
  await page.getByRole('button', { name: 'Show all jobs' }).click()
  const jobs = page.getByRole('contentinfo')
  await page.getByRole('main').getByRole('link', { name: 'ials-1' }).click()
  await page.getByRole('button', { name: 'Show as a table: Training curve: objective' }).click()
  const points = page.getByRole('table', { name: 'Training curve: objective' })
  await expect.poll(() => points.getAttribute('aria-rowcount').then(Number)).toBeGreaterThan(3)
  const seen = Number(await points.getAttribute('aria-rowcount'))
  await expect.poll(() => points.getAttribute('aria-rowcount').then(Number)).toBeGreaterThan(seen)
  await jobs.getByRole('button', { name: 'Cancel ials-1' }).first().click()
  await expect(page.getByText('Nothing was kept of it.', { exact: false }).first()).toBeVisible()
  expect(Number(await points.getAttribute('aria-rowcount')), 'what it learned is still shown').toBeGreaterThan(seen)
  await jobs.getByRole('button', { name: 'Show the log of ials-1' }).click()
  await expect(jobs.getByText(/cancelled/i).last()).toBeVisible()
  await jobs.getByRole('button', { name: 'Try ials-1 again' }).click()
  await expect(page.getByText(/epoch \d+ of 1,?000/).first()).toBeVisible()
  await jobs.getByRole('button', { name: 'Cancel ials-1' }).first().click()
  await expect(jobs.getByRole('button', { name: 'Try ials-1 again' })).toHaveCount(2)
})
