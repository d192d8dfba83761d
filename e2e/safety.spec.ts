import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { hostileFiles, hostileTexts } from './hostile'
import { takeSample, trainThree } from './sample'
import { expect, goTo, test } from './workbench'

/** Nothing of the data has become part of the page, and the page is no wider than the window. */
async function expectInert(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => ({
    elements: document.querySelectorAll('#root img, #root script, #root iframe, [onerror], .injected').length,
    owned: 'owned' in window,
    polluted: Object.keys(Object.prototype).length,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }))
  expect.soft(found, where).toEqual({ elements: 0, owned: false, polluted: 0, overflow: 0 })
}

test('hostile data is text on every screen', async ({ page, workbench, complaints }) => {
  const folder = join(workbench.workspace, 'inbox')
  mkdirSync(folder, { recursive: true })
  const files = hostileFiles()
  const name = '<b class="injected">{{count}} $t(app.lost)'
  const ratings = join(folder, process.platform === 'win32' ? 'ratings.csv' : `${name}.csv`)
  const items = join(folder, 'items.csv')
  writeFileSync(ratings, files.ratings)
  writeFileSync(items, files.items)
  const main = page.getByRole('main')

  await test.step('in the preview', async () => {
    await page.goto(`${workbench.url}&open=${encodeURIComponent(ratings)}`)
    const preview = main.getByRole('table', { name: /first rows as TopN reads/ })
    await expect(preview).toContainText(hostileTexts.image)
    await main.getByText('First lines of the file, as they stand').click()
    await main.getByRole('button', { name: 'Add a file of items' }).click()
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('menuitem', { name: 'Upload from this computer' }).click()
    await (await chooser).setFiles(items)
    await expect(main.getByText('items.csv').first()).toBeVisible()
    await expectInert(page, 'preview')
    await main.getByRole('textbox', { name: 'Name' }).fill(name)
    await main.getByRole('button', { name: 'Open', exact: true }).click()
  })

  await test.step('in the profile', async () => {
    await expect(main.getByRole('heading', { name: `Profile of ${name}` })).toBeVisible()
    await expect(main.getByRole('table', { name: 'Columns' })).toContainText(hostileTexts.minus)
    await expectInert(page, 'profile')
  })

  await test.step('in training and in the jobs', async () => {
    await trainThree(page)
    await page.getByRole('button', { name: 'Show all jobs' }).click()
    await expect(page.getByRole('contentinfo').getByText(name).first()).toBeVisible()
    await expectInert(page, 'jobs')
    await page.getByRole('button', { name: 'Hide jobs' }).click()
  })

  await test.step('in results', async () => {
    await goTo(page, 'Compare')
    await expect(main.getByRole('combobox', { name: 'Data and split' })).toHaveValue(new RegExp(escapePattern(name)))
    await expectInert(page, 'compare')
  })

  await test.step("on a run's page and in the inspector", async () => {
    const leaderboard = main.getByRole('table', { name: 'Leaderboard' })
    await leaderboard.getByRole('link', { name: 'ials-1', exact: true }).click()
    for (const text of [hostileTexts.closing, hostileTexts.rightToLeft, hostileTexts.template]) {
      await main.getByRole('combobox', { name: 'Tags' }).fill(text)
      await main.getByRole('combobox', { name: 'Tags' }).press('Enter')
    }
    await main.getByRole('textbox', { name: 'Notes' }).fill(Object.values(hostileTexts).join('\n').slice(0, 10_000))
    await main.getByRole('button', { name: 'Rename ials-1' }).click()
    await page.getByRole('textbox', { name: 'New name' }).fill(hostileTexts.image)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(main.getByRole('heading', { name: hostileTexts.image, exact: true })).toBeVisible()
    await expect(main.getByText(name).first()).toBeVisible()
    await expectInert(page, "a run's page")
    await goTo(page, 'Compare')
    await expect(leaderboard).toContainText(hostileTexts.template)
    await leaderboard.getByRole('button', { name: `Inspect ${hostileTexts.image}` }).click()
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    await expect(inspector).toContainText(hostileTexts.closing)
    await expectInert(page, 'the inspector')
    await inspector.getByRole('button', { name: 'Hide the inspector' }).click()
  })

  await test.step('in histories and lists', async () => {
    await goTo(page, 'Users')
    const search = page.getByRole('searchbox', { name: 'Find a user' })
    for (const text of Object.values(hostileTexts)) {
      const part = text.slice(0, 200)
      // A field holds one line.
      await search.fill(part.split(/[\r\n]/)[0])
      const table = main.getByRole('table', { name: 'Users', exact: true })
      const found = table.locator('tbody tr:not([aria-hidden]) bdi')
      await expect(found.first()).toHaveText(text)
      await table.getByRole('button').first().click()
      await expect(main.getByRole('heading', { name: /^History/ })).toContainText(part.slice(0, 20).trimEnd())
    }
    const titles = main.getByRole('table', { name: /^(List of|History)/ }).locator('bdi')
    await expect(titles.filter({ hasText: hostileTexts.image }).first()).toBeVisible()
    await expectInert(page, 'users')
    await page.screenshot({ path: test.info().outputPath('hostile.png') })
  })
  expect(complaints).toEqual([])
})

test('every chart is used and saved without a word from the content policy', async ({
  page,
  workbench,
  complaints,
}) => {
  await takeSample(page, workbench.url)
  const main = page.getByRole('main')
  await expectChartsWork(page, 8)
  await trainThree(page)
  await goTo(page, 'Compare')
  await expectChartsWork(page, 1)

  const [png, svg, csv] = await saveAll(page, 'NDCG over k')
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  // 900 x 330 points, two pixels each.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1800, 660])
  expect(svg.toString()).toMatch(/^<svg[^>]*width="900"/)
  for (const text of ['NDCG over k', 'ials-1', '>NDCG<', '>k<']) expect(svg.toString()).toContain(text)

  const lines = csv.toString('utf8').replace('\ufeff', '').trimEnd().split('\r\n')
  expect(lines[0]).toBe('Run,k,NDCG')
  expect(lines).toHaveLength(1 + 3 * 3)
  const leaderboard = main.getByRole('table', { name: 'Leaderboard' })
  const atTen = lines.find((line) => line.startsWith('ials-1,10,'))?.split(',')[2] ?? ''
  expect(atTen).toMatch(/^0\.\d{6,}$/)
  await expect(leaderboard.getByRole('row', { name: /ials-1/ })).toContainText(Number(atTen).toFixed(4))
  expect(complaints).toEqual([])
})

test('a chart is saved with Chinese headings', async ({ page, workbench }) => {
  await takeSample(page, workbench.url)
  await page.evaluate(() => localStorage.setItem('topn.language', 'zh'))
  await page.reload()
  const [, svg, csv] = await saveAll(page, '评分')
  expect(csv.toString('utf8').split('\r\n')[0]).toBe('\ufeff评分值,交互')
  expect(svg.toString()).toContain('评分')
})

/** Points at each chart, looks at its table and comes back. */
async function expectChartsWork(page: Page, count: number): Promise<void> {
  const charts = page.locator('main [role=img]')
  await expect(charts).toHaveCount(count)
  for (const chart of await charts.all()) {
    // What takes ranges lies over its chart.
    await chart.locator('..').hover()
    const title = await chart.getAttribute('aria-label')
    await page.getByRole('button', { name: `Show as a table: ${title}` }).click()
    await expect(page.getByRole('table', { name: title ?? '' })).toBeVisible()
    await page.getByRole('button', { name: `Show as a chart: ${title}` }).click()
  }
}

/** The files that the drawer saves of a chart, in its order. */
async function saveAll(page: Page, title: string): Promise<Buffer[]> {
  const name = new RegExp(`^(Export|导出) ${title}$`)
  await page.getByRole('button', { name }).click()
  const drawer = page.getByRole('dialog', { name })
  const files: Buffer[] = []
  for (const ending of ['png', 'svg', 'csv'] as const) {
    const downloaded = page.waitForEvent('download')
    await drawer.getByRole('button', { name: new RegExp(ending, 'i') }).click()
    const file = await downloaded
    expect(file.suggestedFilename()).toBe(`${title}.${ending}`)
    files.push(readFileSync(await file.path()))
  }
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  return files
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
