import { takeSample } from './sample'
import { expect, goTo, test } from './workbench'

test('models that learn ratings are ranked by their errors, the smallest first', async ({
  page,
  workbench,
  complaints,
}) => {
  await takeSample(page, workbench.url)
  await goTo(page, 'Train')
  for (const name of ['Bias', 'ALS']) await page.getByRole('checkbox', { name, exact: true }).check()
  await page.getByRole('button', { name: 'Train 5 models' }).click()
  await expect(page.getByText('trained in')).toHaveCount(5)

  await goTo(page, 'Compare')
  await page.getByRole('combobox', { name: 'Metric', exact: true }).click()
  await page.getByRole('option', { name: 'RMSE' }).click()
  const table = page.getByRole('table', { name: 'Leaderboard' })
  await expect(table.getByRole('columnheader', { name: 'RMSE', exact: true })).toBeVisible()
  const errors = await table
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.slice(1).map((row) => Number(row.querySelectorAll('td, th')[1].textContent?.match(/\d\.\d+/)?.[0])),
    )
  const rated = errors.filter((error) => !Number.isNaN(error))
  expect(rated.length).toBeGreaterThan(1)
  expect(rated).toEqual(rated.toSorted((a, b) => a - b))
  await expect(table.getByRole('row').nth(1)).toContainText('best')

  // The workspace remembers what was compared by, wherever one has been since.
  await goTo(page, 'Train')
  await goTo(page, 'Compare')
  await expect(page.getByRole('combobox', { name: 'Metric', exact: true })).toHaveValue('RMSE')
  expect(complaints).toEqual([])
})
