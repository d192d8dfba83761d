import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { openStore } from '../main/store'
import { takeSample, trainThree } from './sample'
import { expect, goTo, test } from './workbench'

const screens = ['Data', 'Train', 'Compare', 'Tune', 'Map', 'Users'] as const
const widths = [1024, 1440, 2560, 3840]

/** The regions of the frame stand beside one another, and neither page nor screen is wider than its place. */
async function expectOrder(page: Page, where: string): Promise<void> {
  const regions = ['banner', 'navigation', 'main', 'contentinfo'] as const
  const boxes = await Promise.all(regions.map((role) => contentBox(page.getByRole(role).first())))
  for (const [at, a] of boxes.entries()) {
    for (const [other, b] of boxes.entries()) {
      if (other <= at) continue
      const apart = a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1
      expect.soft(apart, `${where}: ${regions[at]} and ${regions[other]} stand apart`).toBe(true)
    }
  }
  const overflow = await page.evaluate(() =>
    [document.documentElement, document.getElementById('content')].map((element) =>
      element ? element.scrollWidth - element.clientWidth : -1,
    ),
  )
  expect.soft(overflow, `${where}: nothing is scrolled sideways`).toEqual([0, 0])
}

/** Where an element's content stands in the window, without its padding. */
async function contentBox(region: Locator) {
  return region.evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    const style = getComputedStyle(element)
    return {
      left: left + Number.parseFloat(style.paddingLeft),
      top: Math.max(0, top + Number.parseFloat(style.paddingTop)),
      right: right - Number.parseFloat(style.paddingRight),
      bottom: Math.min(innerHeight, bottom) - Number.parseFloat(style.paddingBottom),
    }
  })
}

test('the layout holds from 1,024 to 3,840 pixels', async ({ page, workbench }) => {
  await takeSample(page, workbench.url)
  await trainThree(page)
  for (const screen of screens) {
    await goTo(page, screen)
    if (screen === 'Users') {
      await page.getByRole('table', { name: 'Users' }).getByRole('button').first().click()
      await expect(page.getByRole('table', { name: /^List of/ })).toHaveCount(3)
    }
    for (const width of widths) {
      await page.setViewportSize({ width, height: Math.round(width * 0.5625) })
      await expectOrder(page, `${screen} at ${width}`)
    }
  }
})

test('500 runs: the leaderboard draws those in sight and scrolls to the last', async ({ page, workbench }) => {
  await takeSample(page, workbench.url)
  await trainPopularity(page)
  await page.goto('about:blank')
  await workbench.stop()
  await addRuns(workbench.workspace, 499)
  await workbench.start()
  await page.goto(workbench.url)
  await goTo(page, 'Compare')
  const leaderboard = page.getByRole('table', { name: 'Leaderboard' })
  await expect(leaderboard).toHaveAttribute('aria-rowcount', '501')
  await expectOnlyInSight(leaderboard, /added-499/)
  await expect(page.getByText('The best 16 of 500 runs.')).toBeVisible()
  await goTo(page, 'Train')
  await expect(page.getByText('trained in')).toHaveCount(500)
  await expectOrder(page, 'Train with 500 runs')
})

test('100,000 users and 100,000 rejected rows: tables draw those in sight', async ({ page, workbench }) => {
  const count = 100_000
  const inbox = join(workbench.workspace, 'inbox')
  mkdirSync(inbox)
  const path = join(inbox, 'many.csv')
  const rowsOf = (user: number) => `user-${user},item-${user % 50},5\nuser-${user},item-x,five\n`
  // Some have enough for a test part.
  const more = (user: number) => (user % 100 === 0 ? [1, 2, 3, 4].map((item) => `user-${user},more-${item},4\n`) : [])
  const rows = Array.from({ length: count }, (_, user) => [rowsOf(user), ...more(user)]).flat()
  writeFileSync(path, `user,item,rating\n${rows.join('')}`)
  await page.goto(`${workbench.url}&open=${encodeURIComponent(path)}`)
  const main = page.getByRole('main')
  await main.getByRole('button', { name: 'Open', exact: true }).click()
  await main.getByRole('button', { name: 'Show rejected rows' }).click({ timeout: 60_000 })
  const dialog = page.getByRole('dialog')
  await expectMore(dialog.getByRole('table'), /five$/)
  await page.keyboard.press('Escape')

  await trainPopularity(page)
  await goTo(page, 'Users')
  await expectMore(main.getByRole('table', { name: 'Users', exact: true }), /user-\d+/)
})

async function trainPopularity(page: Page): Promise<void> {
  await goTo(page, 'Train')
  for (const name of ['Item k-NN', 'iALS']) await page.getByRole('checkbox', { name }).setChecked(false)
  await page.getByRole('checkbox', { name: 'Popularity' }).setChecked(true)
  await page.getByRole('button', { name: 'Train 1 model' }).click()
  await expect(page.getByText('trained in')).toHaveCount(1)
}

/** At the end of what a table holds, more comes; a few of its rows are drawn. */
async function expectMore(table: Locator, row: RegExp): Promise<void> {
  const rows = table.locator('tbody tr:not([aria-hidden])')
  await expect(rows.first()).toBeVisible()
  for (const held of [500, 1000, 1500]) {
    await expect(table).toHaveAttribute('aria-rowcount', String(held + 1))
    await table.locator('..').evaluate((box) => box.scrollTo(0, box.scrollHeight))
  }
  await expect(rows.last()).toContainText(row)
  expect(await rows.count()).toBeLessThan(60)
}

/** A long table draws a few of its rows; its last row, which is `last`, is reached by scrolling. */
async function expectOnlyInSight(table: Locator, last: RegExp): Promise<void> {
  const rows = table.locator('tbody tr:not([aria-hidden])')
  await expect(rows.first()).toBeVisible()
  expect(await rows.count()).toBeLessThan(60)
  const total = await table.getAttribute('aria-rowcount')
  await table.locator('..').evaluate((box) => box.scrollTo(0, box.scrollHeight))
  await expect(rows.last()).toHaveAttribute('aria-rowindex', total ?? '')
  await rows.last().scrollIntoViewIfNeeded()
  await expect(rows.last()).toContainText(last)
  expect(await rows.count()).toBeLessThan(60)
}

/** Writes finished runs beside the one there is, each a little worse than the one before. */
async function addRuns(workspace: string, count: number): Promise<void> {
  const store = await openStore(workspace)
  try {
    const [run] = await store.runs()
    for (let at = 1; at <= count; at++) {
      const share = 1 - at / (count + 1)
      const metrics = Object.fromEntries(Object.entries(run.metrics).map(([key, value]) => [key, value * share]))
      await store.saveRun({ ...run, id: randomBytes(6).toString('hex'), name: `added-${at}`, metrics })
    }
  } finally {
    await store.close()
  }
}
