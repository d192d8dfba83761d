import { expect, type Page } from '@playwright/test'
import { goTo } from './workbench'

/** Opens the workbench and takes the built-in sample. */
export async function takeSample(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('main').getByRole('button', { name: 'Take the built-in sample' }).first().click()
  await expect(page.getByText('Profile of sample')).toBeVisible()
}

/** Trains the three models that need seconds on the dataset in force. */
export async function trainThree(page: Page): Promise<void> {
  await goTo(page, 'Train')
  for (const name of ['Popularity', 'Item k-NN', 'iALS']) await page.getByRole('checkbox', { name }).setChecked(true)
  await page.getByRole('button', { name: 'Train 3 models' }).click()
  await expect(page.getByText('trained in')).toHaveCount(3)
}
