import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { dataFolder, goTo } from './workbench'

const folder = join(dataFolder, 'ml-latest-small')
export const ratings = join(folder, 'ratings.csv')
export const movies = join(folder, 'movies.csv')
export const hasMovies = existsSync(ratings)

/** Opens ratings with titles and genres and trains models with their defaults. */
export async function trainOnMovies(page: Page, url: string, models: readonly string[]): Promise<void> {
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'Open ratings.csv' })).toBeVisible()
  await page.getByRole('button', { name: 'Add a file of items' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'Upload from this computer' }).click()
  await (await chooser).setFiles(movies)
  await expect(page.getByText('movies.csv').first()).toBeVisible()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByText('Profile of ratings')).toBeVisible({ timeout: 30_000 })
  await goTo(page, 'Train')
  const boxes = page.getByRole('region', { name: 'Models' }).getByRole('checkbox')
  await expect(boxes.first()).toBeVisible()
  for (const box of await boxes.all()) await box.setChecked(false)
  for (const name of models) await page.getByRole('checkbox', { name, exact: true }).setChecked(true)
  await page.getByRole('button', { name: `Train ${models.length} models` }).click()
  await expect(page.getByText('trained in')).toHaveCount(models.length, { timeout: 60_000 })
}
