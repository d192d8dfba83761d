import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { dataFolder, expect, goTo, readTable, test } from './workbench'

const ratings = join(dataFolder, 'ml-latest-small', 'ratings.csv')

test.skip(
  !existsSync(ratings),
  `MovieLens latest-small is not at ${ratings}; set TOPN_DATA to the folder of the data sets`,
)
test.use({ serveArguments: [ratings] })

test('a split is looked at, put right, and trained on', async ({ page, workbench, complaints }) => {
  const rows = readRows()
  await page.goto(workbench.url)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('tab', { name: 'Split' }).click({ timeout: 30_000 })

  await test.step('the last of each user is tested before the training ends', async () => {
    const early = leaveLastOut(rows)
    await expectParts(page, { Train: rows.length - early.of, Test: early.of })
    const leak = page.getByText(/of the test interactions happened before the last training interaction/)
    await expect(leak).toContainText(`${percent(early.found / early.of)}`)
    await expect(page.getByRole('img', { name: 'Parts over time' })).toBeVisible()
  })

  await test.step('a cut at one point in time avoids it, and undo takes it back', async () => {
    await page.getByRole('button', { name: 'Cut at a point in time' }).click()
    await expect(page.getByText(/happened before the last training interaction/)).toBeHidden()
    await page.getByRole('heading', { name: 'Parts', exact: true }).click()
    await page.keyboard.press('Control+z')
    await expect(page.getByText(/happened before the last training interaction/)).toBeVisible()
    await page.keyboard.press('Control+Shift+z')
    await expect(page.getByRole('combobox', { name: 'Test part' })).toHaveValue('after a point in time')
  })

  await test.step('the cut is a date, or moved by the arrow keys', async () => {
    await choose(page, 'Cut by', 'a date')
    await page.getByLabel('Held out from (UTC)').fill('2010-01-01T00:00')
    const at = Date.UTC(2010, 0, 1) / 1000
    const test = rows.filter(({ time }) => time >= at).length
    await expectParts(page, { Train: rows.length - test, Test: test })
    const slider = page.getByRole('slider', { name: 'Begin of the test part' })
    await slider.focus()
    await page.keyboard.press('ArrowRight')
    await expect(async () => expect(await partSize(page, 'Test')).toBeLessThan(test)).toPass()
  })

  await test.step('users are held out wholly, and a run is judged by them', async () => {
    await choose(page, 'Test part', 'some users, held out wholly')
    await choose(page, 'Users by', 'number')
    await page.getByRole('textbox', { name: 'Users held out' }).fill('50')
    await expect(page.getByRole('table', { name: 'Split' })).toContainText('Known history')
    await expect(async () => {
      const { rows: overlap } = await readTable(page, 'Users and items by part')
      expect(overlap.slice(0, 2).map(([parts, users]) => [parts, Number(users)])).toEqual([
        ['Train only', 621],
        ['Test only', 50],
      ])
    }, 'once 50 users are cut off').toPass()
    await goTo(page, 'Train')
    const panel = page.getByRole('region', { name: 'Split' })
    await expect(panel).toContainText('50 users')
    for (const name of ['Item k-NN', 'iALS']) await page.getByRole('checkbox', { name, exact: true }).setChecked(false)
    await page.getByRole('button', { name: 'Train 1 model' }).click()
    await expect(page.getByText('trained in')).toBeVisible()
    await goTo(page, 'Compare')
    await expect(page.getByText(/50 test users/)).toBeVisible()
  })
  expect(complaints).toEqual([])
})

test('the size of the test part is weighed against the difference hoped for', async ({ page, workbench }) => {
  await page.goto(workbench.url)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('tab', { name: 'Split' }).click({ timeout: 30_000 })
  const power = page.getByRole('region', { name: 'Is the test part large enough?' })
  // (1.959964 + 0.841621) x 0.2 / sqrt(671), and the same solved for the users.
  await expect(power).toContainText('0.022')
  await expect(power).toContainText('3,140')
  await expect(page.getByText(/With 671 users a difference in NDCG@10 below 0.022 will rarely be found/)).toBeVisible()
  await power.getByRole('textbox', { name: 'Difference that I hope to see' }).fill('0.03')
  await expect(power).toContainText('349')
  await expect(page.getByText(/will rarely be found/)).toBeHidden()
})

interface Row {
  user: string
  time: number
}

function readRows(): Row[] {
  const lines = readFileSync(ratings, 'utf8').trim().split(/\r?\n/).slice(1)
  return lines.map((line) => line.split(',')).map(([user, , , time]) => ({ user, time: Number(time) }))
}

/** How many of the users' last interactions lie before the last one that is left for training. */
function leaveLastOut(rows: Row[]): { found: number; of: number } {
  const last = new Map<string, Row>()
  for (const row of rows) if (row.time >= (last.get(row.user)?.time ?? 0)) last.set(row.user, row)
  const held = new Set(last.values())
  const end = rows.reduce((latest, row) => (held.has(row) ? latest : Math.max(latest, row.time)), 0)
  return { found: [...held].filter(({ time }) => time < end).length, of: held.size }
}

function percent(share: number): string {
  return share.toLocaleString('en', { style: 'percent', maximumSignificantDigits: 3 })
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).first().click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

async function partSize(page: Page, part: string): Promise<number> {
  const { rows } = await readTable(page, 'Split')
  return Number(rows.find(([name]) => name === part)?.[1].replaceAll(',', ''))
}

async function expectParts(page: Page, sizes: Record<string, number>): Promise<void> {
  const table = page.getByRole('table', { name: 'Split' })
  for (const [part, size] of Object.entries(sizes)) {
    await expect(table.getByRole('row', { name: new RegExp(`^${part} ${size.toLocaleString('en')} `) })).toBeVisible()
  }
}
