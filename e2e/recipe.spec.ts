import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { dataFolder, expect, goTo, test } from './workbench'

const folder = join(dataFolder, 'ml-latest-small')
const ratings = join(folder, 'ratings.csv')

interface Rating {
  user: string
  item: string
  rating: number
}

function counts(rows: Rating[]) {
  const count = (of: 'user' | 'item') => new Set(rows.map((row) => row[of])).size
  return [rows.length, count('user'), count('item')]
}

function core(rows: Rating[], least: number): Rating[] {
  const sizes = { user: new Map<string, number>(), item: new Map<string, number>() }
  for (const row of rows)
    for (const of of ['user', 'item'] as const) sizes[of].set(row[of], (sizes[of].get(row[of]) ?? 0) + 1)
  const isLeft = ({ user, item }: Rating) =>
    (sizes.user.get(user) ?? 0) >= least && (sizes.item.get(item) ?? 0) >= least
  const left = rows.filter(isLeft)
  return left.length === rows.length ? rows : core(left, least)
}

/** The numbers of interactions, users and items that a step leaves, as they stand beside it. */
async function expectLeft(step: Locator, wanted: number[]): Promise<void> {
  const written = wanted.map((count) => count.toLocaleString('en'))
  const text = new RegExp(`${written[0]}\\s*Interactions.*${written[1]}\\s*Users.*${written[2]}\\s*Items`, 's')
  await expect(step).toHaveText(text)
}

async function addStep(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Add a step' }).click()
  await page.getByRole('menuitem', { name }).click()
}

test.describe('on MovieLens', () => {
  test.skip(
    !existsSync(ratings),
    `MovieLens latest-small is not at ${folder}; set TOPN_DATA to the folder of the data sets`,
  )
  test.use({ serveArguments: [ratings] })

  test('a recipe: effects on the screen are those of a computation by hand', async ({
    page,
    workbench,
    complaints,
  }) => {
    const rows = readFileSync(ratings, 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','))
      .map(([user, item, rating]) => ({ user, item, rating: Number(rating) }))
    const liked = rows.filter(({ rating }) => rating >= 4)
    const main = page.getByRole('main')
    const steps = main.getByRole('list', { name: 'Steps of the recipe' })
    const filter = steps.getByRole('listitem', { name: 'Rating filter' })
    const minimum = steps.getByRole('listitem', { name: 'Minimum interactions' })

    await page.goto(workbench.url)
    await main.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByRole('tab', { name: 'Recipe' }).click()

    await test.step('each step is counted as it stands', async () => {
      await addStep(page, /^Rating filter/)
      await filter.getByRole('textbox', { name: 'Lowest rating' }).fill('4')
      await expectLeft(filter, counts(liked))
      await addStep(page, /^Minimum interactions/)
      await expectLeft(minimum, counts(core(liked, 5)))
      await page.screenshot({ path: test.info().outputPath('recipe.png') })
    })

    await test.step('moved by the keyboard, switched off, and taken back', async () => {
      const hash = main.getByRole('button', { name: /^Copy [0-9a-f]{64}$/ })
      const before = await hash.getAttribute('title')
      await minimum.getByRole('button', { name: /^Move/ }).press('ArrowUp')
      await expect(steps.getByRole('listitem').first()).toHaveAccessibleName('Minimum interactions')
      await expect(minimum.getByRole('button', { name: /^Move/ })).toBeFocused()
      await expectLeft(minimum, counts(core(rows, 5)))
      await expectLeft(filter, counts(core(rows, 5).filter(({ rating }) => rating >= 4)))
      await expect(hash).not.toHaveAttribute('title', before ?? '')
      await minimum.getByRole('switch').press(' ')
      await expectLeft(filter, counts(liked))
      await page.keyboard.press('ControlOrMeta+z')
      await page.keyboard.press('ControlOrMeta+z')
      await expectLeft(minimum, counts(core(liked, 5)))
      await expect(hash).toHaveAttribute('title', before ?? '')
    })

    await test.step('dragged, and shown as SQL', async () => {
      await filter.getByRole('button', { name: /^Move/ }).dragTo(minimum)
      await expect(steps.getByRole('listitem').first()).toHaveAccessibleName('Minimum interactions')
      await page.getByRole('button', { name: 'Show SQL' }).click()
      const sql = page.getByRole('dialog', { name: 'SQL of the recipe' })
      await expect(sql).toContainText('CREATE TEMP TABLE step_2 AS SELECT * FROM step_1 WHERE rating >= 4')
      await page.keyboard.press('Escape')
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    })

    await test.step('the same after a reload, and in Train', async () => {
      await page.reload()
      await expectLeft(filter, counts(core(rows, 5).filter(({ rating }) => rating >= 4)))
      await goTo(page, 'Train')
      await expect(page.getByRole('region', { name: 'Clean' })).toContainText(
        '5-core of users, 5-core of items · rating ≥ 4',
      )
    })
    expect(complaints).toEqual([])
  })
})

test('pseudonyms while a file is opened, how well users hide, and no request to anywhere else', async ({
  page,
  workbench,
  complaints,
}) => {
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host))
  const inbox = join(workbench.workspace, 'inbox')
  mkdirSync(inbox, { recursive: true })
  const views = ['anna,film,view', 'anna,book,buy', 'bert,film,view', 'carl,film,view', 'carl,song,view']
  writeFileSync(join(inbox, 'events.csv'), `user,item,event\n${views.join('\n')}\n`)
  writeFileSync(join(inbox, 'people.csv'), 'user,town\nanna,Oslo\nbert,Oslo\ncarl,Bergen\n')
  const main = page.getByRole('main')
  await page.goto(`${workbench.url}&open=${encodeURIComponent(join(inbox, 'events.csv'))}`)

  await test.step('no id comes through', async () => {
    await main.getByRole('button', { name: 'Add a file of users' }).click()
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('menuitem', { name: 'Upload from this computer' }).click()
    await (await chooser).setFiles(join(inbox, 'people.csv'))
    await main.getByRole('checkbox', { name: 'Replace user ids' }).check()
    await main.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByRole('tab', { name: 'Privacy' }).click()
    await expect(main.getByText('The ids of users are pseudonyms; those of items stand as in the file.')).toBeVisible()
    await expect(main.getByText(/^The key of this workspace was made on/)).toBeVisible()
  })

  await test.step('the town tells one of three', async () => {
    await main.getByRole('combobox', { name: 'What others may know of a person' }).press('ArrowDown')
    await page.getByRole('option', { name: 'town' }).click()
    await expect(main.getByText('1 user is the only one with their values')).toBeVisible()
    await expect(main.getByText('1 (33.3%)')).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('privacy.png') })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })

  await test.step('events have weights', async () => {
    await page.getByRole('tab', { name: 'Recipe' }).click()
    await addStep(page, /^Event weights/)
    await main.getByRole('textbox', { name: 'view' }).fill('0')
    await expectLeft(main.getByRole('listitem', { name: 'Event weights' }), [1, 1, 1])
  })

  await test.step('the key is destroyed when that is meant', async () => {
    await page.getByRole('tab', { name: 'Privacy' }).click()
    await main.getByRole('button', { name: 'Destroy the key' }).click()
    const dialog = page.getByRole('dialog', { name: 'Destroy the key of the pseudonyms?' })
    await dialog.getByRole('button', { name: 'Destroy the key' }).click()
    await expect(main.getByText(/^This workspace has no key/)).toBeVisible()
    expect(existsSync(join(workbench.workspace, 'pseudonym.key'))).toBe(false)
  })

  await test.step('every screen and every room asks this server alone', async () => {
    for (const screen of ['Data', 'Train', 'Compare', 'Users'] as const) await goTo(page, screen)
    await goTo(page, 'Data')
    await expect(page.getByRole('tab')).toHaveCount(5)
    for (const tab of await page.getByRole('tab').all()) await tab.click()
    await page.waitForLoadState('networkidle')
    expect([...hosts]).toEqual([new URL(workbench.url).host])
  })
  expect(complaints).toEqual([])
})
