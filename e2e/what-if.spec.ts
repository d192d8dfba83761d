import { hasMovies, ratings, trainOnMovies } from './movies'
import { expect, goTo, readTable, test } from './workbench'

test.skip(!hasMovies, 'MovieLens latest-small is not there; set TOPN_DATA to the folder of the data sets')
test.use({ serveArguments: [ratings] })

test('a sandbox user changes every list, and a new item finds its users', async ({ page, workbench, complaints }) => {
  test.slow()
  await trainOnMovies(page, workbench.url, ['Random', 'Item k-NN', 'Content k-NN', 'FM'])
  await goTo(page, 'Users')
  const main = page.getByRole('main')
  await main.getByRole('searchbox', { name: 'Find a user' }).fill('300')
  await main.getByRole('button', { name: '300', exact: true }).click()
  const stored = await readTable(page, 'List of item-knn-1')
  await main.getByText('What if', { exact: true }).click()

  await test.step('the history of a user gives the list of the user', async () => {
    const table = page.getByRole('table', { name: 'What if: item-knn-1' })
    await expect(table.locator('tbody tr')).toHaveCount(10)
    const { rows } = await readTable(page, 'What if: item-knn-1')
    expect(rows.map((row) => row.slice(0, 3))).toEqual(stored.rows.slice(0, 10).map((row) => row.slice(0, 3)))
    await expect(main.getByText('This model takes no new histories', { exact: false })).toHaveCount(1)
  })

  await test.step('what takes no new histories is trained again with this one, as a copy', async () => {
    const trained = await readTable(page, 'As it was trained: random-1')
    await main.getByRole('button', { name: 'Train random-1 again with this history' }).click()
    const again = main.getByRole('group', { name: 'Trained again: random-1' })
    await expect(again, 'whoever started it is led to the list').toBeFocused({ timeout: 60_000 })
    const { rows } = await readTable(page, 'Trained again: random-1')
    expect(rows.map((row) => row.slice(0, 3))).toEqual(trained.rows.map((row) => row.slice(0, 3)))
    await page.screenshot({ path: test.info().outputPath('retrained.png') })
    const added = rows[0][1].replace(/\).*/, ')')
    await main.getByRole('searchbox', { name: 'Add an item' }).fill(added)
    await main
      .getByRole('button', { name: `Add ${added}` })
      .first()
      .click()
    await expect(main.getByTitle('in the history already').filter({ hasText: added }).first()).toBeFocused()
    await main.getByRole('button', { name: 'Train random-1 again with this history' }).click()
    await expect(again).toBeVisible({ timeout: 60_000 })
    const changed = await readTable(page, 'Trained again: random-1')
    expect(changed.rows.map((row) => row[1])).toEqual([...rows.slice(1).map((row) => row[1]), changed.rows[9][1]])
    const compare = page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Compare' })
    await expect(compare, 'the copy is no run').toHaveText(/^Compare\s*4$/)
  })

  await test.step('from nothing, one title makes a list of what goes with it', async () => {
    await main.getByRole('button', { name: 'Start from nothing' }).click()
    await expect(main.getByText('This run lists nothing for this user.')).toHaveCount(3)
    await main.getByRole('searchbox', { name: 'Add an item' }).fill('toy story')
    await main.getByRole('button', { name: 'Add Toy Story (1995)' }).click()
    await expect(main.getByTitle('in the history already')).toHaveText('Toy Story (1995)')
    const list = page.getByRole('table', { name: 'What if: item-knn-1' })
    await expect(list.locator('tbody tr')).toHaveCount(10)
    const { rows } = await readTable(page, 'What if: item-knn-1')
    expect(rows.every((row) => row[4] === 'new')).toBe(true)
    expect(rows.map((row) => row[1]).join()).not.toContain('Toy Story (1995)')
    await expect(main.getByText(/^answered in \d+ms$/).first()).toBeVisible()
    await list.getByRole('button', { name: /^Why/ }).first().click()
    await expect(page.getByRole('dialog').getByText('“Toy Story (1995)”', { exact: false }).first()).toBeVisible()
    await page.keyboard.press('Escape')
    await page.screenshot({ path: test.info().outputPath('what-if.png') })
    await list.locator('tbody td:nth-child(2) button').first().click()
    await main.getByRole('button', { name: 'Back to What if' }).click()
    await expect(main.getByTitle('in the history already'), 'it outlasts the look at an item').toHaveCount(1)
    await expect(list.locator('tbody tr')).toHaveCount(10)
    await main.getByRole('button', { name: 'Remove Toy Story (1995)' }).click()
    await expect(main.getByText('This run lists nothing for this user.')).toHaveCount(3)
  })

  await test.step('a new item is shown to those who like its features', async () => {
    await main.getByText('New item', { exact: true }).click()
    await main.getByRole('combobox', { name: 'Its features' }).fill('Horror')
    await page
      .getByRole('option', { name: /Horror/ })
      .first()
      .click()
    for (const run of ['content-knn-1', 'fm-1']) {
      const { rows } = await readTable(page, `Would be shown to: ${run}`)
      expect(rows.length).toBeGreaterThan(10)
    }
    await page.screenshot({ path: test.info().outputPath('cold.png') })
  })
  expect(complaints).toEqual([])
})
