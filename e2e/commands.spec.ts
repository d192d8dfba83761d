import type { Page } from '@playwright/test'
import { expect, test, type Workbench } from './workbench'

async function open(page: Page, { url }: Workbench): Promise<void> {
  await page.goto(url)
  await expect(page.getByRole('button', { name: /^Search or run a command/ })).toBeVisible()
}

async function openPalette(page: Page) {
  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog', { name: 'Search or run a command' })
  await expect(palette.getByRole('combobox')).toBeFocused()
  return palette
}

/** Runs what the palette finds first, by keyboard. */
async function command(page: Page, query: string): Promise<void> {
  const palette = await openPalette(page)
  await page.keyboard.type(query)
  await expect(palette.getByRole('option', { selected: true })).toContainText(
    new RegExp(query.split(' ').at(-1) ?? '', 'i'),
  )
  await page.keyboard.press('Enter')
  await expect(palette).toHaveCount(0)
}

async function train(page: Page): Promise<void> {
  await command(page, 'take sample')
  await expect(page.getByText('Profile of sample')).toBeVisible()
  await page.keyboard.type('gt')
  await expect(page.getByRole('heading', { name: 'Train', level: 1 })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByText('trained in')).toHaveCount(3, { timeout: 60_000 })
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1, exact: true })

test('from the sample to a deletion that is taken back, by keyboard alone', async ({ page, workbench, complaints }) => {
  await open(page, workbench)
  await train(page)
  await page.keyboard.type('gc')
  const leaderboard = page.getByRole('table', { name: 'Leaderboard' })
  await expect(leaderboard).toContainText('ials-1')

  await test.step('a deleted run comes back, goes again, and is restored', async () => {
    await command(page, 'delete run ials-1')
    await expect(leaderboard).not.toContainText('ials-1')
    await expect(page.getByText('Deleted run ials-1')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+z')
    await expect(leaderboard).toContainText('ials-1')
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(leaderboard).not.toContainText('ials-1')
    await command(page, 'restore ials-1')
    await expect(leaderboard).toContainText('ials-1')
  })

  await test.step('a command asks for what it needs', async () => {
    await openPalette(page)
    await page.keyboard.type('rename run')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('combobox', { name: 'Rename run: which one?' })).toBeFocused()
    await page.keyboard.type('popularity')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'New name' })).toBeFocused()
    await page.keyboard.type('the most popular')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(leaderboard).toContainText('the most popular')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(leaderboard).toContainText('popularity-1')
  })

  await test.step('metrics and users are found by name', async () => {
    await command(page, 'compare recall')
    await expect(page.getByText(/^Recall = hits \/ R/)).toBeVisible()
    await page.keyboard.press('/')
    const search = page.getByRole('searchbox', { name: 'Find a user' })
    await expect(search).toBeFocused()
    await page.keyboard.type('gd?')
    await expect(search, 'shortcuts wait while text is written').toHaveValue('gd?')
    await expect(heading(page, 'Users')).toBeVisible()
    await search.blur()
    await openPalette(page)
    await page.keyboard.type('show user')
    await expect(page.getByRole('option', { selected: true })).toHaveText('Show user…')
    await page.keyboard.press('Enter')
    await page.keyboard.type('person-010')
    await expect(page.getByRole('option')).toHaveText(['person-010'])
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'History · person-010' })).toBeVisible()
  })
  expect(complaints).toEqual([])
})

test('steps of the training form are taken back; the help sheet lists the shortcuts', async ({
  page,
  workbench,
  complaints,
}) => {
  await open(page, workbench)
  await command(page, 'take sample')
  await expect(page.getByText('Profile of sample')).toBeVisible()
  await page.keyboard.type('gt')

  const seed = page.getByRole('textbox', { name: 'Seed' })
  await seed.fill('7')
  await seed.blur()
  await page.getByRole('checkbox', { name: 'Popularity' }).setChecked(false)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.getByRole('checkbox', { name: 'Popularity' })).toBeChecked()
  await expect(page.getByText('Undone: Changed models for sample')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(seed).toHaveValue('42')
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect(seed).toHaveValue('7')

  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet).toContainText('Go to Compare')
  await page.screenshot({ path: test.info().outputPath('shortcuts.png') })
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  expect(complaints).toEqual([])
})

test('an error stays in the list of notifications until it is dismissed', async ({ page, workbench }) => {
  await open(page, workbench)
  await command(page, 'open another workspace')
  await expect(page.getByRole('textbox', { name: 'Folder of the workspace' })).toBeFocused()
  await page.keyboard.type('/nowhere/that/may/be/opened')
  await page.keyboard.press('Enter')
  const toast = page.getByRole('alert').first()
  await expect(toast).toBeVisible()
  await page.keyboard.press('Escape')
  await toast.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Notifications: 1 to look at' }).click()
  const list = page.getByRole('dialog', { name: 'Notifications' })
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await expect(list.getByRole('button', { name: 'Copy' })).toBeVisible()
  await list.getByRole('button', { name: 'Dismiss', exact: true }).click()
  await expect(list).toContainText('No errors or warnings.')
})

test('the palette speaks Chinese, in either theme', async ({ page, browser, workbench, complaints }) => {
  await open(page, workbench)
  await command(page, 'switch language 中文')
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.type('深色')
  await expect(page.getByRole('option', { selected: true })).toContainText('切换浅色与深色')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('group', { name: '最近使用' }).getByRole('option')).toHaveCount(2)

  // A browser in which nobody has chosen anything takes the language and theme of the workspace.
  const other = await (await browser.newContext({ colorScheme: 'light' })).newPage()
  await other.goto(workbench.url)
  await expect(other.locator('html')).toHaveAttribute('lang', 'zh-Hans')
  await expect(other.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await other.context().close()
  expect(complaints).toEqual([])
})
