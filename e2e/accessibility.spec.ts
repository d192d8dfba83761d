import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { takeSample, trainThree } from './sample'
import { expect, goTo, test } from './workbench'

const screens = ['Data', 'Train', 'Compare', 'Tune', 'Map', 'Users'] as const
const schemes = ['light', 'dark'] as const

/** All that another theme can change. */
const rulesOfColour = ['color-contrast', 'link-in-text-block']

/** What is looked at: all of the page and by all rules, where nothing else is said. */
interface Sight {
  rules?: string[]
  part?: string
}

/** No rule of axe is broken by what the page shows now. */
async function expectAccessible(page: Page, where: string, { rules, part }: Sight = {}): Promise<void> {
  // Colours that are still on their way from one theme to the other are those of neither.
  await page.evaluate(() =>
    Promise.allSettled(
      document.getAnimations().map((each) => (each instanceof CSSTransition ? each.finished : undefined)),
    ),
  )
  const axe = new AxeBuilder({ page }).setLegacyMode()
  if (part) axe.include(part)
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  expect.soft(found, where).toEqual([])
}

/** In both themes: all rules in the first, those of colour in the second. */
async function expectAccessibleInBoth(page: Page, where: string, part?: string): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    await expectAccessible(page, `${where}, ${colorScheme}`, {
      ...(colorScheme === 'dark' && { rules: rulesOfColour }),
      ...(part && { part }),
    })
  }
}

/** Opens something over a screen, looks at it alone, and closes it with Escape. */
async function lookInto(
  page: Page,
  where: string,
  opener: Locator,
  role: 'dialog' | 'menu' | 'listbox',
): Promise<void> {
  const opened = page.getByRole(role)
  await opener.click()
  await expect(opened).toBeVisible()
  await expectAccessibleInBoth(page, where, `[role=${role}]`)
  await page.keyboard.press('Escape')
  await expect(opened).toBeHidden()
}

test('an empty workspace breaks no rule on any screen', async ({ page, workbench, complaints }) => {
  await page.goto(workbench.url)
  for (const screen of screens) {
    await goTo(page, screen)
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessibleInBoth(page, `${screen}, empty`)
  }
  await goTo(page, 'Data')
  const main = page.getByRole('main')
  await lookInto(page, 'the menu of a file', main.getByRole('button', { name: 'Open a file' }).first(), 'menu')
  expect(complaints).toEqual([])
})

test('a workspace with runs breaks no rule on any screen, in dialogs and menus', async ({
  page,
  workbench,
  complaints,
}) => {
  test.slow()
  await takeSample(page, workbench.url)
  await expectAccessibleInBoth(page, 'Data with a profile')
  const main = page.getByRole('main')
  await main.getByRole('button', { name: /^Show as a table: Ratings/ }).click()
  await lookInto(
    page,
    "a chart's table and its files",
    main.getByRole('button', { name: /^Export Users by/ }),
    'dialog',
  )
  await page.getByRole('slider', { name: /^Range of Users by/ }).press('End')
  await page.keyboard.press('Shift+Home')
  await page.keyboard.press('Enter')
  await expect(main.getByRole('button', { name: /^Remove the filter/ })).toBeVisible()
  await expectAccessibleInBoth(page, 'Data narrowed down')
  const naming = main.getByRole('button', { name: 'Name this selection' })
  await lookInto(page, 'a selection gets its name', naming, 'dialog')
  await naming.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  const chip = page.getByRole('banner').getByRole('button', { name: /^Selection in force/ })
  await lookInto(page, 'the menu of the selection in force', chip, 'menu')

  await page.getByRole('tab', { name: 'Features' }).click()
  await expect(main.getByRole('table', { name: 'Attributes' })).toBeVisible()
  await expectAccessibleInBoth(page, 'the features of the data')

  await page.getByRole('tab', { name: 'Split' }).click()
  await expect(main.getByRole('table', { name: 'Users and items by part' })).toBeVisible()
  await expectAccessibleInBoth(page, 'the split of the data')

  await trainThree(page)
  for (const name of ['Popularity', 'Item k-NN', 'iALS']) await page.getByRole('checkbox', { name }).setChecked(false)
  await page.getByRole('checkbox', { name: 'Content k-NN' }).setChecked(true)
  await page.getByRole('button', { name: 'Train 1 model' }).click()
  await expect(page.getByText('trained in')).toHaveCount(4)
  await page.getByRole('button', { name: /iALS: \d+ parameters/ }).click()
  await expectAccessibleInBoth(page, 'Train with parameters and runs')
  await lookInto(page, 'a choice', page.getByRole('combobox', { name: 'Candidates' }), 'listbox')

  await goTo(page, 'Compare')
  await expectAccessibleInBoth(page, 'Compare with runs')
  await main.getByRole('button', { name: /^Show as a table: NDCG/ }).click()
  await expectAccessibleInBoth(page, 'Compare with the table of its chart')
  for (const [name, heading] of [
    ['How sure', /^NDCG@10 against/],
    ['For whom', /^NDCG@10 by segment/],
  ] as const) {
    await main.getByText(name, { exact: true }).click()
    await expect(main.getByRole('heading', { name: heading })).toBeVisible()
    await expectAccessibleInBoth(page, `Compare: ${name}`)
  }
  await lookInto(page, 'the runs to compare', page.getByRole('combobox', { name: 'Metric' }), 'listbox')

  await goTo(page, 'Users')
  await main.getByRole('table', { name: 'Users' }).getByRole('button').first().click()
  await expect(main.getByRole('table', { name: /^List of/ }).first()).toBeVisible()
  await expectAccessibleInBoth(page, "a user's lists")
  await main.getByText('What if', { exact: true }).click()
  await expect(page.getByRole('table', { name: 'What if: ials-1' }).locator('tbody tr').first()).toBeVisible()
  await expectAccessibleInBoth(page, 'What if')
  await main.getByText('New item', { exact: true }).click()
  await main.getByRole('combobox', { name: 'Its features' }).click()
  await page.getByRole('option').first().click()
  await expect(page.getByRole('table', { name: 'Would be shown to: content-knn-1' })).toBeVisible()
  await expectAccessibleInBoth(page, 'New item')
  await page.keyboard.press('Escape')
  await main.getByText('Lists', { exact: true }).click()
  await page.getByRole('table', { name: 'List of ials-1' }).locator('tbody td:nth-child(2) button').first().click()
  await expect(page.getByRole('table', { name: 'Similar: ials-1' }).locator('tbody tr').first()).toBeVisible()
  await expectAccessibleInBoth(page, 'an item')

  await page.getByRole('button', { name: 'Show all jobs' }).click()
  await page.getByRole('button', { name: 'Show the inspector' }).click()
  await expectAccessibleInBoth(page, 'the jobs and the inspector')
  await page.getByRole('button', { name: 'Hide jobs' }).click()

  await goTo(page, 'Map')
  await page.getByRole('button', { name: 'Lay out the map' }).click()
  await expect(page.getByRole('application')).toBeVisible({ timeout: 60_000 })
  await expectAccessibleInBoth(page, 'Map of a run')

  await goTo(page, 'Compare')
  await main.getByRole('table', { name: 'Leaderboard' }).getByRole('link', { name: 'ials-1', exact: true }).click()
  await expect(main.getByRole('heading', { name: 'Parameters' })).toBeVisible()
  await expectAccessibleInBoth(page, "a run's page")

  const path = join(workbench.workspace, 'ratings.csv')
  writeFileSync(path, 'user,item,rating\nada,film,5\n')
  await page.goto(`${workbench.url}&open=${encodeURIComponent(path)}`)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Open ratings.csv' })).toBeVisible()
  await expectAccessibleInBoth(page, 'a file before it is opened')
  expect(complaints).toEqual([])
})

test('dialogs over the screens break no rule', async ({ page, workbench, complaints }) => {
  await takeSample(page, workbench.url)
  const main = page.getByRole('main')
  const dialog = page.getByRole('dialog')
  const look = (where: string, opener: Locator) => lookInto(page, where, opener, 'dialog')
  await look('the palette', page.getByRole('button', { name: /^Search or run a command/ }))
  await look('the notifications', page.getByRole('button', { name: /^Notifications/ }))
  await look('good defaults', main.getByRole('button', { name: 'Good defaults on my data' }))
  await lookInto(page, 'workspaces', page.getByRole('button', { name: /^Workspace .*: switch$/ }), 'menu')
  await page.keyboard.press('?')
  await expect(dialog).toBeVisible()
  await expectAccessibleInBoth(page, 'the shortcuts')
  expect(complaints).toEqual([])
})

test('the screens break no rule in Chinese', async ({ page, workbench }) => {
  await takeSample(page, workbench.url)
  await trainThree(page)
  await page.evaluate(() => localStorage.setItem('topn.language', 'zh'))
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans')
  for (const screen of screens) {
    await page.evaluate((hash) => {
      location.hash = hash
    }, `#/${screen.toLowerCase()}`)
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessible(page, `${screen} in Chinese`)
  }
  // What the engine says is Chinese too.
  await page.getByRole('link', { name: '训练' }).first().click()
  await expect(page.getByText('向所有人推荐交互最多的物品。')).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'ials-1' }).click()
  await expect(page.getByText('阶段：训练。')).toBeVisible()
  await expectAccessible(page, "a run's page in Chinese")
})
