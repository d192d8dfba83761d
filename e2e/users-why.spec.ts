import { hasMovies, ratings, trainOnMovies } from './movies'
import { expect, goTo, readTable, test } from './workbench'

test.skip(!hasMovies, 'MovieLens latest-small is not there; set TOPN_DATA to the folder of the data sets')
test.use({ serveArguments: [ratings] })

const number = (text: string) => Number(text.replace(/[^\d.-]/g, ''))

test('lists beside one another say why, follow rules, and lead to items', async ({ page, workbench, complaints }) => {
  await trainOnMovies(page, workbench.url, ['Popularity', 'Item k-NN', 'Content k-NN'])
  await goTo(page, 'Users')
  const main = page.getByRole('main')
  await main.getByRole('searchbox', { name: 'Find a user' }).fill('547')
  await main.getByRole('button', { name: '547', exact: true }).click()

  const [reference, knn] = ['content-knn-1', 'item-knn-1']
  await test.step('overlap and moves are those of the lists', async () => {
    const [first, second] = [await readTable(page, `List of ${reference}`), await readTable(page, `List of ${knn}`)]
    const titles = first.rows.map((row) => row[1])
    const shared = second.rows.filter((row) => titles.includes(row[1])).length
    await expect(main.getByText(`${shared} of ${second.rows.length} as in ${reference}`).first()).toBeVisible()
    second.rows.forEach((row, at) => {
      const before = titles.indexOf(row[1])
      const move = before < 0 ? 'new' : before === at ? '' : before > at ? `↑${before - at}` : `↓${at - before}`
      expect(row[4]).toBe(move)
    })
  })

  await test.step('the amounts of an exact reason add up to the score', async () => {
    const list = page.getByRole('table', { name: `List of ${knn}` })
    const { rows } = await readTable(page, `List of ${knn}`)
    await list.getByRole('button', { name: /^Why/ }).first().click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText(/^item-knn-1 lists it because it goes with “.+” in your data\.$/)).toBeVisible()
    const score = number(rows[0][2])
    const told = await dialog.getByText(/the score for this history/).textContent()
    expect(number(/Together (\S+),/.exec(told ?? '')?.[1] ?? '')).toBeCloseTo(score, 3)
    const { rows: parts } = await readTable(page, 'What of the history it rests on')
    expect(number(parts[0][1])).toBeGreaterThanOrEqual(number(parts[1][1]))
    await expect(dialog.locator('[data-counterfactual], :text("None of the sets")').first()).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('why.png') })
    await page.keyboard.press('Escape')
  })

  await test.step('popularity says that it is for everyone, content names features', async () => {
    const whyOf = async (run: string) => {
      await page
        .getByRole('table', { name: `List of ${run}` })
        .getByRole('button', { name: /^Why/ })
        .first()
        .click()
      const sentence = await page.getByRole('dialog').locator('[data-reason]').textContent()
      await page.keyboard.press('Escape')
      return sentence
    }
    expect(await whyOf('popularity-1')).toBe('popularity-1 lists it for everyone alike; the history plays no part.')
    expect(await whyOf(reference)).toMatch(/because of what it has in common with the history: “.+: .+”/)
  })

  await test.step('rules change every list at once, and say what they cost', async () => {
    const costs = main.getByRole('region', { name: 'Rules and order' }).locator('[aria-busy=false]')
    await main.getByRole('combobox', { name: 'Only' }).click()
    await page.getByRole('option', { name: 'Horror', exact: true }).click()
    await expect(costs).toHaveText(
      [reference, knn, 'popularity-1'].map(
        (run) => new RegExp(`^${run}: NDCG@10 \\d\\.\\d+ → \\d\\.\\d+ \\(200 users\\)$`),
      ),
    )
    for (const run of [reference, knn, 'popularity-1']) {
      await expect(
        page
          .getByRole('table', { name: `List of ${run}` })
          .locator('tbody tr')
          .first(),
      ).toContainText('Horror')
      const { rows } = await readTable(page, `List of ${run}`)
      expect(rows.filter((row) => !row[1].includes('Horror'))).toEqual([])
    }
    await main.getByRole('button', { name: 'No rules' }).click()
    const slider = main.getByRole('slider', { name: 'Diversity' })
    for (let step = 0; step < 10; step++) await slider.press('ArrowRight')
    await expect(costs).toHaveCount(3)
    await page.screenshot({ path: test.info().outputPath('rules.png') })
    await main.getByRole('button', { name: 'No rules' }).click()
  })

  await test.step('an item by itself', async () => {
    const { rows } = await readTable(page, `List of ${knn}`)
    const list = page.getByRole('table', { name: `List of ${knn}` })
    await list.locator('tbody td:nth-child(2) button').first().click()
    await expect(main.getByRole('heading', { name: rows[0][1].split(' (')[0] }).first()).toBeVisible()
    await expect(page.getByRole('table', { name: `Similar: ${knn}` }).locator('tbody tr')).toHaveCount(10)
    const audience = await readTable(page, `Who gets it: ${knn}`)
    expect(audience.rows.length).toBeGreaterThan(0)
    await expect(main.getByText('Users who have it in training')).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('item.png') })
    await main.getByRole('searchbox', { name: 'Title or id' }).fill('toy story')
    await main.getByRole('button', { name: 'Open Toy Story (1995)' }).click()
    await expect(main.getByRole('heading', { name: 'Toy Story (1995)' })).toBeFocused()
    await main.getByRole('button', { name: 'Back to the lists' }).click()
    const known = page.getByRole('table', { name: 'History' }).locator('tbody button').first()
    const title = (await known.textContent()) ?? ''
    await known.click()
    await expect(main.getByRole('heading', { name: title })).toBeVisible()
    await main.getByRole('button', { name: 'Back to the lists' }).click()
  })

  await test.step('the biggest loser between two runs', async () => {
    await main.getByRole('button', { name: `Biggest loser of ${reference} against ${knn}` }).click()
    await expect(
      page
        .getByRole('table', { name: `List of ${knn}` })
        .getByText('hit')
        .first(),
    ).toBeVisible()
    await expect(main.locator('[data-lost]')).toHaveText(/ndcg@10 0\.\d+ in content-knn-1, [01]\.\d+ in item-knn-1/)
    await main.getByRole('combobox', { name: 'Worse in' }).click()
    await page.getByRole('option', { name: knn }).click()
    await main.getByRole('button', { name: `Biggest loser of ${knn} against ${reference}` }).click()
    await expect(main.locator('[data-lost]')).toHaveText(/ndcg@10 0\.\d+ in item-knn-1, [01]\.\d+ in content-knn-1/)
  })
  expect(complaints).toEqual([])
})
