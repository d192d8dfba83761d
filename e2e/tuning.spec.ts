import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder, expect, goTo, readTable, test } from './workbench'

const ratings = join(dataFolder, 'ml-latest-small', 'ratings.csv')

test.skip(
  !existsSync(ratings),
  `MovieLens latest-small is not at ${ratings}; set TOPN_DATA to the folder of the data sets`,
)
test.use({ serveArguments: [ratings] })

test('a study finds settings, and the best of each model are retrained and compared', async ({
  page,
  workbench,
  complaints,
}) => {
  test.slow()
  await page.goto(workbench.url)
  await page.getByRole('main').getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByText('Profile of ratings')).toBeVisible({ timeout: 30_000 })

  await test.step('twenty trials of two models', async () => {
    await goTo(page, 'Tune')
    const models = page.getByRole('combobox', { name: 'Models' })
    await expect(page.getByText('The split has no validation part, so one is cut off the training part')).toBeVisible()
    const spaces = page.getByRole('button', { name: /^What is tried of/ })
    await models.click()
    await expect(page.getByRole('option', { name: 'Ensemble' }), 'made of runs, it is not tuned').toHaveCount(0)
    await page.getByRole('option', { name: 'Content k-NN' }).click()
    await expect(page.getByText(/^Content k-NN needs features of items/)).toBeVisible()
    await expect(spaces, 'the form stays').not.toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Start the study' })).toBeDisabled()
    await models.press('Backspace')
    await expect(page.getByText(/^Content k-NN needs features of items/)).toBeHidden()
    await expect(page.getByRole('button', { name: 'Start the study' }), 'the proposal is of today').toBeEnabled()
    for (let left = (await spaces.count()) - 1; left >= 2; left--) {
      await models.press('Backspace')
      await expect(spaces).toHaveCount(left)
    }
    await page.getByRole('textbox', { name: 'Trials at most' }).fill('20')
    await page.getByRole('button', { name: 'Start the study' }).click()
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
    await expect(page.getByRole('status').filter({ hasText: 'done' })).toBeVisible({ timeout: 120_000 })
  })

  const { header, rows } = await readTable(page, 'Trials')
  const measured = header.findIndex((heading) => heading.includes('NDCG@10'))
  await expect(page.getByRole('table', { name: 'Trials' })).toHaveAttribute('aria-rowcount', '21')
  const values = rows.map((cells) => Number(cells[measured]))
  expect(values, 'the best stands first').toEqual(values.toSorted((a, b) => b - a))

  await test.step('the best are chosen on an axis, by keyboard', async () => {
    const axis = page.getByRole('slider', { name: 'Range of Settings and NDCG@10, NDCG@10' })
    await axis.press('ArrowDown')
    for (let cells = 1; cells < 4; cells++) await axis.press('Shift+ArrowDown')
    await axis.press('Enter')
    await expect(page.getByText(/^\d+ of \d+ trials chosen$/)).toBeVisible()
    const chosen = await readTable(page, 'Trials')
    const ofModel = rows.filter((cells) => cells[1] === rows[0][1])
    expect(chosen.rows.length).toBeLessThan(ofModel.length)
    expect(chosen.rows, 'the best of the model that the axes show').toEqual(ofModel.slice(0, chosen.rows.length))
  })

  await test.step('the best of each model is retrained on both parts and tested once', async () => {
    await page.getByRole('button', { name: `Retrain trial ${rows[0][0]} and test it` }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/ials|item-knn/)
    await expect(page.getByRole('main').getByText('trained in')).toBeVisible({ timeout: 60_000 })
    await page.goBack()
    const other = rows.find((cells) => cells[1] !== rows[0][1]) as string[]
    await page.getByRole('button', { name: `Retrain trial ${other[0]} on train and validation` }).click()
    await expect(page.getByRole('main').getByText('trained in')).toBeVisible({ timeout: 60_000 })
    await goTo(page, 'Compare')
    expect((await readTable(page, 'Leaderboard')).rows).toHaveLength(2)
  })

  await test.step('how sure the difference is, and where the winner loses', async () => {
    await page
      .getByRole('tab', { name: 'How sure' })
      .or(page.getByText('How sure', { exact: true }))
      .first()
      .click()
    const sure = page.getByRole('region', { name: 'How sure' })
    await expect(sure.getByText(/better for [\d.]+% of users, worse for [\d.]+%: NDCG@10/).first()).toBeVisible()
    await page.getByText('For whom', { exact: true }).first().click()
    const whom = page.getByText(/(ials|item-knn)-\d+ wins over all users, (but|and)/)
    await expect(whom).toBeVisible({ timeout: 30_000 })
  })
  expect(complaints).toEqual([])
})
