import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
  await expect(page.getByText('trained in')).toHaveCount(families.length, { timeout: 90_000 })
  await goTo(page, 'Compare')
  const table = page.getByRole('table', { name: 'Leaderboard' })
  await expect(table.getByRole('row')).toHaveCount(families.length + 1)
  await expect(table.getByRole('row', { name: /ials/ })).toContainText('embedding_size')
  expect(complaints).toEqual([])
})

test('what does not fit into memory says so before it starts, and what does is one press away', async ({
  page,
  workbench,
  complaints,
}) => {
  // 4 items² bytes of the matrix, 9.2 GB, are more than kernels can address on any machine.
  const rows = Array.from({ length: 60_000 }, (_, at) => `u${at % 200},i${at}`)
  const path = join(workbench.workspace, 'inbox', 'wide.csv')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `user,item\n${rows.join('\n')}\n`)
  await page.goto(`${workbench.url}&open=${encodeURIComponent(path)}`)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByText('Profile of wide')).toBeVisible({ timeout: 30_000 })
  await goTo(page, 'Train')
  const box = (name: string) => page.getByRole('checkbox', { name, exact: true })
  for (const name of ['Popularity', 'Item k-NN', 'iALS']) await box(name).setChecked(false)
  await box('EASE').setChecked(true)
  const card = page.getByRole('listitem').filter({ has: box('EASE') })
  await expect(card.getByRole('alert')).toContainText(/^It would need about .*GB of memory; a run may take .*GB\./)
  await card.getByRole('button', { name: 'Take PureSVD' }).click()
  await expect(box('EASE')).not.toBeChecked()
  await expect(box('PureSVD')).toBeChecked()
  await page.getByRole('button', { name: 'Train 1 model' }).click()
  await expect(page.getByText('trained in')).toHaveCount(1, { timeout: 30_000 })
  expect(complaints).toEqual([])
})
