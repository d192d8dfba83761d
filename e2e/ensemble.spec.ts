import { takeSample } from './sample'
import { expect, goTo, readTable, test } from './workbench'

test('an ensemble of the ticked models, then one of trained runs, each with its weights', async ({
  page,
  workbench,
  complaints,
}) => {
  await takeSample(page, workbench.url)
  await goTo(page, 'Train')
  const tick = (name: string, chosen = true) => page.getByRole('checkbox', { name, exact: true }).setChecked(chosen)
  const main = page.getByRole('main')
  const status = main.getByRole('status')

  await test.step('alone it says what it lacks, and without a validation part what to do', async () => {
    for (const name of ['Popularity', 'Item k-NN', 'iALS']) await tick(name, false)
    await tick('Ensemble')
    await expect(status).toHaveText(/^Ensemble: choose two trained runs at least/)
    await tick('Item k-NN')
    await tick('iALS')
    await expect(main.getByText(/Left empty, it is made of .*: Item k-NN, iALS\./)).toBeVisible()
    await expect(status).toHaveText(/^Ensemble: fitted weights need a validation part\. Add one to the split/)
  })

  await test.step('with equal weights it trains after its members', async () => {
    await page.getByRole('combobox', { name: 'Ensemble: preset' }).click()
    await page.getByRole('option', { name: /^Reciprocal rank/ }).click()
    await page.getByRole('button', { name: 'Train 3 models' }).click()
    await expect(page.getByText('trained in')).toHaveCount(3)
    await main.getByRole('link', { name: 'ensemble-1' }).click()
    const { rows } = await readTable(page, 'Members')
    expect(rows.map(([run, , weight]) => [run, weight])).toEqual([
      ['item-knn-1', '50%'],
      ['ials-1', '50%'],
    ])
  })

  await test.step('trained runs are picked as members', async () => {
    await goTo(page, 'Train')
    await tick('Item k-NN', false)
    await tick('iALS', false)
    const members = page.getByRole('combobox', { name: 'Members' })
    for (const run of ['ials-1', 'item-knn-1']) {
      await members.click()
      await page.getByRole('option', { name: run }).click()
    }
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Train 1 model' }).click()
    await expect(page.getByText('trained in')).toHaveCount(4)
    await main.getByRole('link', { name: 'ensemble-2' }).click()
    const { rows } = await readTable(page, 'Members')
    expect(rows.map(([run]) => run)).toEqual(['ials-1', 'item-knn-1'])
  })
  expect(complaints).toEqual([])
})
