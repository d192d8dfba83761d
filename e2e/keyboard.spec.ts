import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './workbench'

// Here what opens and closes moves, as it does for most people: the focus is to arrive all the same.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

/** Presses Tab until `target` has the focus, which must show there; fails after too many. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await pressTo(page, target, 'Tab')
}

async function pressTo(page: Page, target: Locator, key: string): Promise<void> {
  await expect(target).toBeEnabled()
  const plain = await target.evaluate(marks)
  const isFocused = () => target.evaluate((element) => element === document.activeElement)
  for (let presses = 0; presses < 100 && !(await isFocused()); presses++) await page.keyboard.press(key)
  expect(await isFocused(), `${target} is reached by ${key}`).toBe(true)
  const message = `the focus on ${target} is visible`
  await expect.poll(() => target.evaluate(marks), { message }).not.toEqual(plain)
}

/** The outlines and shadows of an element and of those beside which it may show its focus. */
function marks(element: Element): string[] {
  return [element, element.parentElement, element.nextElementSibling].map((each) => {
    if (!each) return ''
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
    return `${outlineStyle === 'none' ? '' : outlineWidth} ${boxShadow}`
  })
}

test('the main work of every screen is done by keyboard alone', async ({ page, workbench, complaints }) => {
  await page.goto(workbench.url)
  const main = page.getByRole('main')
  const link = (name: string) => page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name })

  await tabTo(page, main.getByRole('button', { name: 'Take the built-in sample' }).first())
  await page.keyboard.press('Enter')
  await expect(page.getByText('Profile of sample')).toBeVisible()
  await tabTo(page, main.getByRole('button', { name: /^Show as a table: Users by/ }))
  await page.keyboard.press('Enter')
  await expect(main.getByRole('table', { name: 'Users by number of interactions' })).toBeVisible()

  await tabTo(page, link('Train'))
  await page.keyboard.press('Enter')
  const boxes = page.getByRole('region', { name: 'Models' }).getByRole('checkbox')
  await tabTo(page, boxes.and(page.locator('[tabindex="0"]')))
  await page.keyboard.press('End')
  await expect(boxes.last()).toBeFocused()
  await page.keyboard.press('Home')
  await expect(boxes.first()).toBeFocused()
  for (const [name, key] of [
    ['Item k-NN', 'ArrowDown'],
    ['iALS', 'ArrowDown'],
    ['Popularity', 'ArrowUp'],
  ] as const) {
    const box = page.getByRole('checkbox', { name })
    await pressTo(page, box, key)
    if (!(await box.isChecked())) await page.keyboard.press('Space')
    await expect(box).toBeChecked()
  }
  const candidates = page.getByRole('combobox', { name: 'Candidates' })
  await tabTo(page, candidates)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('listbox')).toBeVisible()
  await page.keyboard.press('Escape')
  await tabTo(page, page.getByRole('button', { name: 'Train 3 models' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('trained in')).toHaveCount(3)

  await tabTo(page, link('Compare'))
  await page.keyboard.press('Enter')
  const metric = page.getByRole('combobox', { name: 'Metric' })
  await tabTo(page, metric)
  await page.keyboard.press('ArrowDown')
  const marked = page.locator('[role=option][data-combobox-selected]')
  await expect(marked).toHaveText('NDCG')
  await page.keyboard.press('ArrowDown')
  await expect(marked).not.toHaveText('NDCG')
  await page.keyboard.press('Enter')
  await expect(metric).not.toHaveValue('NDCG')
  const heading = page.getByRole('table', { name: 'Leaderboard' }).getByRole('button', { name: 'Fit' })
  await tabTo(page, heading)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('columnheader', { name: 'Fit' })).toHaveAttribute('aria-sort', 'ascending')
  await tabTo(page, main.getByRole('button', { name: /^Export / }))
  await page.keyboard.press('Enter')
  const numbers = page.getByRole('dialog').getByRole('button', { name: 'Numbers (CSV)' })
  await tabTo(page, numbers)
  const downloaded = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  expect((await downloaded).suggestedFilename()).toMatch(/ over k\.csv$/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  await tabTo(page, main.getByRole('table', { name: 'Leaderboard' }).getByRole('link', { name: 'ials-1', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'ials-1', exact: true })).toBeVisible()
  await tabTo(page, main.getByRole('button', { name: 'Show as experiment file' }))
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('"model": "ials"')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(main.getByRole('button', { name: 'Show as experiment file' })).toBeFocused()
  await tabTo(page, main.getByRole('textbox', { name: 'Notes' }))
  await page.keyboard.type('by keyboard')
  await tabTo(page, link('Data'))
  await page.keyboard.press('Control+z')
  await expect(page.getByText('Undone: Changed notes of run ials-1')).toBeVisible()

  await page.keyboard.press('Enter')
  await tabTo(page, main.getByRole('button', { name: 'Good defaults on my data' }))
  await page.keyboard.press('Enter')
  await tabTo(page, dialog.getByRole('button', { name: 'Edit first' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Train', exact: true })).toBeVisible()

  await tabTo(page, link('Users'))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('searchbox', { name: 'Find a user' }))
  await page.keyboard.press('Tab')
  const first = main.getByRole('table', { name: 'Users' }).getByRole('button').first()
  await tabTo(page, first)
  await page.keyboard.press('Enter')
  await expect(main.getByRole('table', { name: /^List of/ })).toHaveCount(3)

  await page.keyboard.type('gd')
  await tabTo(page, page.getByRole('button', { name: /^Workspace .*: switch$/ }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Open or make another' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Folder of the workspace' })).toBeFocused()
  await page.keyboard.type(join(workbench.workspace, 'second'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Workspace second: switch' })).toBeVisible()
  expect(complaints).toEqual([])
})
