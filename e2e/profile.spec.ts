import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { dataFolder, expect, goTo, test } from './workbench'

const ratings = join(dataFolder, 'ml-latest-small', 'ratings.csv')

test.skip(
  !existsSync(ratings),
  `MovieLens latest-small is not at ${ratings}; set TOPN_DATA to the folder of the data sets`,
)
test.use({ serveArguments: [ratings] })

interface Row {
  user: string
  item: string
  rating: number
  time: number
}

test('a part of the data is brushed, named, and followed by other screens', async ({ page, workbench, complaints }) => {
  const all = readRows()
  await page.goto(workbench.url)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  const filters = page.getByRole('region', { name: 'Filters' })
  await expect(filters.getByText('Drag over a chart')).toBeVisible({ timeout: 30_000 })
  await expectNumbers(page, all, all)

  const period = await test.step('a drag over the months keeps a period', async () => {
    const months = page.getByRole('slider', { name: 'Range of Interactions by month' })
    const { x, y, width, height } = (await months.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    await page.mouse.move(x + width * 0.4, y + height / 2)
    await page.mouse.down()
    await page.mouse.move(x + width * 0.7, y + height / 3, { steps: 4 })
    await page.mouse.up()
    const [chip] = await chips(page)
    const [first, last] = chip.split(' – ').map((date) => Date.parse(`${date} UTC`) / 1000)
    const kept = all.filter(({ time }) => time >= first && time < last + 86_400)
    expect(kept.length).toBeGreaterThan(10_000)
    await expectNumbers(page, kept, all)
    return kept
  })

  const liked = period.filter(({ rating }) => rating >= 4)
  await test.step('the keyboard adds a range of ratings; undo takes it back, redo brings it again', async () => {
    await page.getByRole('slider', { name: 'Range of Ratings' }).focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Shift+ArrowLeft')
    await page.keyboard.press('Shift+ArrowLeft')
    await page.keyboard.press('Enter')
    await expect.poll(() => chips(page)).toContain('Rating 4 – 5')
    await expectNumbers(page, liked, all)
    await page.keyboard.press('Control+z')
    await expectNumbers(page, period, all)
    await page.keyboard.press('Control+Shift+z')
    await expectNumbers(page, liked, all)
  })

  await test.step('a row of the table behind a chart does the same as its bar', async () => {
    await page.getByRole('button', { name: 'Show as a table: Ratings' }).click()
    const table = page.getByRole('table', { name: 'Ratings' })
    await table.getByRole('button', { name: /^Rating 3 · / }).click()
    await expectNumbers(
      page,
      period.filter(({ rating }) => rating === 3),
      all,
    )
    await table.getByRole('button', { name: /^Rating 4 · / }).click()
    await table.getByRole('button', { name: /^Rating 5 · / }).click({ modifiers: ['Shift'] })
    await expectNumbers(page, liked, all)
    await page.getByRole('button', { name: 'Show as a chart: Ratings' }).click()
  })

  const users = new Set(liked.map(({ user }) => user))
  await test.step('the users that are left get a name, which the top bar shows', async () => {
    await filters.getByRole('button', { name: 'Name this selection' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText(`${users.size.toLocaleString('en')} users`)).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Fans')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(selectionChip(page)).toHaveAccessibleName(
      `Selection in force: Fans · ${users.size.toLocaleString('en')} users`,
    )
  })

  await test.step('Escape frees everything', async () => {
    await page.getByRole('slider', { name: 'Range of Weekday and hour' }).focus()
    await page.keyboard.press('Escape')
    await expect(filters.getByText('Drag over a chart')).toBeVisible()
    await filters.getByRole('button', { name: 'Only Fans' }).click()
    await expectNumbers(
      page,
      all.filter(({ user }) => users.has(user)),
      all,
    )
    await page.screenshot({ path: test.info().outputPath('profile.png') })
  })

  await test.step('its members are exported', async () => {
    await selectionChip(page).click()
    await page.getByRole('menuitem', { name: 'Export', exact: true }).click()
    const drawer = page.getByRole('dialog', { name: 'Export Fans' })
    const downloaded = page.waitForEvent('download')
    await drawer.getByRole('button', { name: /^Members of Fans, CSV/ }).click()
    const text = readFileSync(await (await downloaded).path(), 'utf8')
    const ids = text
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[0])
    expect(ids.toSorted()).toEqual([...users].toSorted())
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
  })

  await test.step('the Users screen and the leaderboard follow', async () => {
    await goTo(page, 'Train')
    for (const name of ['Item k-NN', 'iALS']) await page.getByRole('checkbox', { name, exact: true }).setChecked(false)
    await page.getByRole('checkbox', { name: 'Popularity' }).setChecked(true)
    await page.getByRole('button', { name: 'Train 1 model' }).click()
    await expect(page.getByText('trained in')).toHaveCount(1, { timeout: 60_000 })
    await goTo(page, 'Users')
    const table = page.getByRole('table', { name: 'Users', exact: true })
    await expect(table).toHaveAttribute('aria-rowcount', String(users.size + 1))
    await page.getByRole('checkbox', { name: 'Only the selection Fans' }).setChecked(false)
    await expect(table).not.toHaveAttribute('aria-rowcount', String(users.size + 1))
    await goTo(page, 'Compare')
    const leaderboard = page.getByRole('table', { name: 'Leaderboard' })
    await expect(leaderboard.getByRole('columnheader', { name: /on Fans$/ })).toBeVisible()
    await expect(leaderboard.getByTitle(/users of the selection/)).toHaveText(/^0\.\d{4}$/)
  })

  await test.step('deleted, it is gone from the bar until it is undone', async () => {
    await selectionChip(page).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect(selectionChip(page)).toHaveCount(0)
    await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click()
    await expect(selectionChip(page)).toContainText('Fans')
  })
  expect(complaints).toEqual([])
})

test('the profile is saved as one page that needs nothing else', async ({ page, workbench, complaints }) => {
  await page.goto(workbench.url)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  const downloaded = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as HTML' }).click()
  const text = readFileSync(await (await downloaded).path(), 'utf8')
  expect(text).toContain('100,004')
  expect(text).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
  expect(complaints).toEqual([])
})

function selectionChip(page: Page) {
  return page.getByRole('banner').getByRole('button', { name: /^Selection in force/ })
}

/** The filters in force, in words. */
async function chips(page: Page): Promise<string[]> {
  const buttons = page.getByRole('region', { name: 'Filters' }).getByRole('button', { name: /^Remove the filter/ })
  await expect(buttons.first()).toBeVisible()
  return (await buttons.allInnerTexts()).map((text) => text.trim())
}

/** The numbers above the charts are those of the rows. */
async function expectNumbers(page: Page, part: readonly Row[], all: readonly Row[]): Promise<void> {
  const number = (name: string) =>
    page
      .getByRole('term')
      .filter({ hasText: new RegExp(`^${name}$`) })
      .locator('xpath=following-sibling::dd/b')
  const count = (rows: readonly Row[], of: 'user' | 'item') =>
    new Set(rows.map((row) => row[of])).size.toLocaleString('en')
  await expect(number('Interactions')).toHaveText(part.length.toLocaleString('en'))
  await expect(number('Users')).toHaveText(count(part, 'user'))
  await expect(number('Items')).toHaveText(count(part, 'item'))
  if (part === all) return
  const left = page.getByRole('region', { name: 'Filters' }).getByRole('status')
  await expect(left).toHaveText(
    `${part.length.toLocaleString('en')} of ${all.length.toLocaleString('en')} interactions`,
  )
}

function readRows(): Row[] {
  const [, ...lines] = readFileSync(ratings, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const [user, item, rating, time] = line.split(',')
    return { user, item, rating: Number(rating), time: Number(time) }
  })
}
