import { readFileSync } from 'node:fs'
import { takeSample, trainThree } from './sample'
import { expect, goTo, test } from './workbench'

test('lists that were taken away are brought in as made elsewhere, with the same numbers', async ({
  page,
  workbench,
}) => {
  await takeSample(page, workbench.url)
  await trainThree(page)
  await page.getByRole('main').getByRole('link', { name: 'ials-1' }).click()
  await page.getByRole('button', { name: 'Export ials-1' }).click()
  const drawer = page.getByRole('dialog', { name: 'Export' })
  await drawer.getByRole('radio', { name: 'Lists, CSV', exact: true }).check()
  await drawer.getByRole('button', { name: 'Export', exact: true }).click()
  const downloaded = page.waitForEvent('download')
  await drawer.getByRole('link', { name: 'Download' }).click()
  const buffer = readFileSync(await (await downloaded).path())
  await page.keyboard.press('Escape')

  await goTo(page, 'Train')
  await page.getByRole('button', { name: 'Bring in', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Bring in what another program made' })
  await dialog.locator('input[type=file]').setInputFiles({ name: 'theirs.csv', mimeType: 'text/csv', buffer })
  await expect(dialog.getByText('theirs.csv')).toBeVisible()
  await dialog.getByRole('button', { name: 'Read and judge' }).click()
  await expect(page.getByText('theirs.csv').first()).toBeVisible()

  await goTo(page, 'Compare')
  const rows = page.getByRole('row').filter({ hasText: /ials-1|theirs\.csv/ })
  await expect(rows).toHaveCount(2)
  const theirs = rows.filter({ hasText: 'theirs.csv' })
  await expect(theirs.getByText('made elsewhere').first()).toBeVisible()
  const metrics = async (row: typeof rows) =>
    (await row.getByRole('cell').allInnerTexts()).filter((text) => /^0\.\d{3,}/.test(text))
  await expect.poll(() => metrics(theirs)).toEqual(await metrics(rows.filter({ hasText: 'ials-1' })))
  expect((await metrics(theirs)).length).toBeGreaterThan(0)
  await theirs.getByRole('link', { name: 'theirs.csv', exact: true }).click()
  await expect(page.getByText('Users that are not in this data')).toBeVisible()
})
