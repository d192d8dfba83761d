import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { takeSample } from './sample'
import { expect, goTo, test } from './workbench'

test('good defaults on my data: the plan is shown, edited, and run with one click', async ({
  page,
  workbench,
  complaints,
}) => {
  const inbox = join(workbench.workspace, 'inbox')
  mkdirSync(inbox, { recursive: true })
  const path = join(inbox, 'ratings.csv')
  writeFileSync(path, smallRatings())
  await page.goto(`${workbench.url}&open=${encodeURIComponent(path)}`)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Profile of ratings' })).toBeVisible()
  await page.getByRole('button', { name: 'Good defaults on my data' }).click()
  const plan = page.getByRole('dialog', { name: 'Good defaults for ratings' })
  await expect(plan.getByText('Ratings reach from 1 to 5: those from 4 up count as liked.')).toBeVisible()
  await expect(plan.getByText('There are timestamps: the last interaction of each user is the test.')).toBeVisible()
  await expect(plan.getByText(/^Popularity, Item k-NN, iALS/)).toBeVisible()

  await plan.getByRole('button', { name: 'Edit first' }).click()
  await expect(page.getByRole('heading', { name: 'Train', exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Clean' })).toContainText(
    'rating ≥ 4 · 5-core of users, 5-core of items',
  )

  await page.getByRole('button', { name: 'Good defaults on my data' }).click()
  const start = plan.getByRole('button', { name: /^Train \d+ models$/ })
  const planned = Number(/\d+/.exec((await start.textContent()) ?? '')?.[0])
  await start.click()
  await expect(page.getByText('trained in')).toHaveCount(planned, { timeout: 90_000 })
  await page.getByRole('main').getByRole('link', { name: 'item-knn-1' }).click()
  await expect(page.getByText('rating ≥ 4 · 5-core of users, 5-core of items')).toBeVisible()
  expect(complaints).toEqual([])
})

test('a dataset is renamed, tagged, duplicated, and deleted with a way back', async ({
  page,
  workbench,
  complaints,
}) => {
  await takeSample(page, workbench.url)
  const datasets = page.getByRole('table', { name: 'Datasets' })
  await datasets.getByRole('button', { name: 'Rename sample' }).click()
  await page.getByRole('textbox', { name: 'New name' }).fill('film club')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Profile of film club' })).toBeVisible()
  await expect(datasets.getByText(/\d MB|\d kB/)).toBeVisible()

  const main = page.getByRole('main')
  await main.getByRole('combobox', { name: 'Tags' }).fill('demo')
  await main.getByRole('combobox', { name: 'Tags' }).press('Enter')
  await expect(datasets.getByText('demo')).toBeVisible()
  await main.getByRole('textbox', { name: 'Notes' }).fill('Invented people.')
  await main.getByRole('textbox', { name: 'Notes' }).blur()

  await datasets.getByRole('button', { name: 'Duplicate film club' }).click()
  await expect(datasets.getByRole('button', { name: /^Delete film club/ })).toHaveCount(2)

  await datasets.getByRole('button', { name: 'Delete film club', exact: true }).click()
  await expect(datasets.getByRole('button', { name: /^Delete film club/ })).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(datasets.getByRole('button', { name: /^Delete film club/ })).toHaveCount(2)
  await page.reload()
  await datasets.getByRole('button', { name: 'film club', exact: true }).click()
  await expect(main.getByRole('textbox', { name: 'Notes' })).toHaveValue('Invented people.')
  expect(complaints).toEqual([])
})

test('an empty workspace offers what to do, and the tour ends for good', async ({ page, workbench, complaints }) => {
  await page.goto(workbench.url)
  const tour = page.getByRole('region', { name: 'Tour' })
  await expect(page.getByRole('heading', { name: 'Open interaction data to begin' })).toBeVisible()
  await expect(tour).toContainText('1 of 3')
  await tour.getByRole('button', { name: 'Next: Train' }).click()
  await expect(page).toHaveURL(/#\/train/)
  await tour.getByRole('button', { name: 'Next: Compare and Users' }).click()
  await expect(tour).toContainText('3 of 3')
  await tour.getByRole('button', { name: 'Done' }).click()
  await expect(tour).toBeHidden()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Compare', exact: true })).toBeVisible()
  await expect(tour).toBeHidden()
  expect(complaints).toEqual([])
})

test.describe('with a folder of its own', () => {
  test('a file that was opened is offered in the next empty workspace', async ({ page, workbench, complaints }) => {
    // Files of a workspace's inbox are its own; this one lies beside it.
    const folder = test.info().outputPath('files')
    mkdirSync(folder, { recursive: true })
    const file = join(folder, 'likes.csv')
    writeFileSync(file, `user,item\n${Array.from({ length: 40 }, (_, at) => `u${at % 8},i${at % 5}`).join('\n')}\n`)
    await page.goto(`${workbench.url}&open=${encodeURIComponent(file)}`)
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Profile of likes' })).toBeVisible()

    await page.getByRole('button', { name: /: switch$/ }).click()
    await page.getByRole('menuitem', { name: 'Open or make another' }).click()
    const other = join(folder, 'other')
    await page.getByRole('textbox', { name: 'Folder of the workspace' }).fill(other)
    await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Workspace other: switch' })).toBeVisible()
    await page.getByRole('button', { name: 'likes.csv' }).click()
    await expect(page.getByRole('heading', { name: 'Open likes.csv' })).toBeVisible()
    expect(complaints).toEqual([])
  })

  test('switching asks while jobs run, cancels them, and the way back is offered', async ({ page, workbench }) => {
    await takeSample(page, workbench.url)
    await goTo(page, 'Train')
    await page.getByRole('button', { name: /iALS: \d parameters/ }).click()
    await page.getByRole('textbox', { name: 'embedding_size' }).fill('512')
    await page.getByRole('textbox', { name: 'epochs' }).fill('1000')
    await page.getByRole('button', { name: 'Train 3 models' }).click()
    await expect(page.getByText(/epoch \d+ of 1,?000/).first()).toBeVisible()
    await page.getByRole('button', { name: 'Show the inspector' }).click()
    await page.getByRole('button', { name: 'Show icons alone' }).click()

    await page.getByRole('button', { name: /: switch$/ }).click()
    await page.getByRole('menuitem', { name: 'Open or make another' }).click()
    await page.getByRole('textbox', { name: 'Folder of the workspace' }).fill(test.info().outputPath('second'))
    await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click()
    const question = page.getByRole('dialog', { name: 'Jobs are running' })
    await question.getByRole('button', { name: 'Stay here' }).click()
    await expect(page.getByText(/epoch \d+ of 1,?000/).first()).toBeVisible()

    await page.getByRole('button', { name: /: switch$/ }).click()
    await page.getByRole('menuitem', { name: 'Open or make another' }).click()
    await page.getByRole('textbox', { name: 'Folder of the workspace' }).fill(test.info().outputPath('second'))
    await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click()
    await question.getByRole('button', { name: 'Cancel them and switch' }).click()
    await expect(page.getByRole('button', { name: 'Workspace second: switch' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Open interaction data to begin' })).toBeVisible()
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    await expect(inspector, 'each workspace has a window of its own').toBeHidden()
    await expect(page.getByRole('button', { name: 'Show icons alone' })).toBeVisible()

    await page.getByRole('button', { name: 'Workspace second: switch' }).click()
    await page.getByRole('menuitem', { name: workbench.workspace }).click()
    await expect(page.getByRole('heading', { name: 'Train', exact: true })).toBeVisible()
    await expect(inspector).toBeVisible()
    await expect(page.getByRole('button', { name: 'Show the names of the screens' })).toBeVisible()
    await expect(page.getByText('Nothing was kept of it.', { exact: false }).first()).toBeVisible()
  })
})

/** 100 users, 24 ratings each of 60 items, a day apart: models of every family train on it in moments. */
function smallRatings(): string {
  const rows = Array.from({ length: 2400 }, (_, row) => {
    const [user, place] = [Math.floor(row / 24), row % 24]
    return `${user},${(7 * user + 5 * place) % 60},${place % 5 === 0 ? 1 + (user % 3) : 4 + (place % 2)},${86_400 * (20_000 + row)}`
  })
  return ['user,item,rating,timestamp', ...rows].join('\n')
}
