import { takeSample } from './sample'
import { expect, goTo, test } from './workbench'

/** One model of each family. */
const families = ['Popularity', 'Item k-NN', 'iALS', 'EASE', 'GF-CF', 'Content k-NN']

test('a model of each family is trained on the sample, one with a preset, and its cost is known before', async ({
  page,
  workbench,
  complaints,
}) => {
  await takeSample(page, workbench.url)
  await goTo(page, 'Train')
  for (const name of families) await page.getByRole('checkbox', { name, exact: true }).setChecked(true)
  for (const name of families) {
    const card = page.getByRole('listitem').filter({ has: page.getByRole('checkbox', { name, exact: true }) })
    await expect(card.getByText(/^About .*s and .*B of memory\.$/)).toBeVisible()
    await expect(card.getByText(/Assumes .* Source: /)).toBeVisible()
  }

  const preset = page.getByRole('combobox', { name: 'iALS: preset' })
  await expect(preset).toHaveValue('Balanced')
  await preset.click()
  await page.getByRole('option', { name: /^Quick/ }).click()
  await page.getByRole('button', { name: /^iALS: \d+ parameters/ }).click()
  const epochs = page.getByRole('textbox', { name: 'epochs' }).filter({ visible: true })
  await expect(epochs).toHaveValue('6')
  await epochs.fill('7')
  await expect(preset).toHaveValue('own')
  await epochs.fill('6')
  await expect(preset).toHaveValue('Quick')

  await page.getByRole('button', { name: `Train ${families.length} models` }).click()
  await expect(page.getByText('trained in')).toHaveCount(families.length)
  await goTo(page, 'Compare')
  const table = page.getByRole('table', { name: 'Leaderboard' })
  await expect(table.getByRole('row')).toHaveCount(families.length + 1)
  await expect(table.getByRole('row', { name: /ials/ })).toContainText('embedding_size')
  expect(complaints).toEqual([])
})
