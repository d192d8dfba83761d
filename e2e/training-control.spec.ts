import type { Page } from '@playwright/test'
import { takeSample } from './sample'
import { expect, goTo, test } from './workbench'

/** Ticks GMF alone, and cuts a validation part off. */
async function prepare(page: Page): Promise<void> {
  await goTo(page, 'Train')
  for (const name of ['Popularity', 'Item k-NN', 'iALS']) await page.getByRole('checkbox', { name }).setChecked(false)
  await page.getByRole('checkbox', { name: 'GMF', exact: true }).setChecked(true)
  await expectRefusal(page)
  await goTo(page, 'Data')
  await page.getByRole('tab', { name: 'Split' }).click()
  await choose(page, 'Validation part', 'the last of each user')
  await goTo(page, 'Train')
}

/** Without a validation part the field itself says that nothing can stop training early, and nothing is started. */
async function expectRefusal(page: Page): Promise<void> {
  await openParameters(page)
  await choose(page, 'early_stopping', 'ndcg@10')
  const field = page.getByRole('combobox', { name: 'early_stopping', exact: true })
  await expect(field).toHaveAccessibleDescription(/GMF: early stopping needs a validation part\. Add one to the split/)
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByRole('button', { name: 'Train 1 model' })).toBeDisabled()
  await choose(page, 'early_stopping', 'off')
  await expect(page.getByRole('button', { name: 'Train 1 model' })).toBeEnabled()
}

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

async function openParameters(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^GMF: / }).click()
}

async function give(page: Page, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.getByRole('textbox', { name, exact: true }).fill(value)
}

async function openRun(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
}

test('training is paused, resumed, cancelled, stopped early and continued', async ({ page, workbench, complaints }) => {
  await takeSample(page, workbench.url)
  await prepare(page)
  const main = page.getByRole('main')
  const train = () => page.getByRole('button', { name: 'Train 1 model' }).click()

  await test.step('its curves and pace are live; paused, it waits; resumed, it goes on', async () => {
    await openParameters(page)
    await give(page, { epochs: '1000', batch_size: '1024', learning_rate: '0.001' })
    await train()
    await openRun(page, 'gmf-1')
    await expect(page.getByRole('heading', { name: 'Training curve: loss' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Training curve: ndcg@10' })).toBeVisible()
    await expect(main.getByLabel('Pace of the training')).toHaveText(/learning rate 0\.001 · [\d,]+ examples a second/)
    await main.getByRole('button', { name: 'Pause gmf-1' }).click()
    await expect(main.getByText('It is paused.')).toBeVisible({ timeout: 1500 })
    await main.getByRole('button', { name: 'Resume gmf-1' }).click()
    await expect(main.getByLabel('Pace of the training')).toBeVisible()
  })

  await test.step('cancelled, it gives up', async () => {
    await main.getByRole('button', { name: 'Cancel gmf-1' }).click()
    await expect(main.getByText('cancelled', { exact: true })).toBeVisible({ timeout: 1500 })
  })

  await test.step('once the metric no longer grows it stops, and keeps the best epoch', async () => {
    await goTo(page, 'Train')
    await openParameters(page)
    await give(page, { learning_rate: '0.05' })
    await choose(page, 'early_stopping', 'ndcg@10')
    await give(page, { patience: '1' })
    await train()
    await openRun(page, 'gmf-2')
    await expect(main.getByText(/^\d+, stopped early$/)).toBeVisible()
    await expect(main.getByText(/^those of epoch \d+$/)).toBeVisible()
  })

  await test.step('more epochs go on from there, as a run of its own', async () => {
    const learned = Number.parseInt((await main.getByText(/stopped early$/).textContent()) ?? '', 10)
    await main.getByRole('button', { name: 'Continue' }).click()
    await give(page, { 'More epochs': '2' })
    await main.getByRole('button', { name: 'Train', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'gmf-3', exact: true })).toBeVisible()
    await expect(main.getByRole('link', { name: `gmf-2, after epoch ${learned}` })).toBeVisible()
    await expect(main.getByText('Epochs learned')).toBeVisible()
    const file = await experimentOf(page)
    expect(file.models[0].params).toMatchObject({ epochs: learned + 2, patience: 3, early_stopping: 'ndcg@10' })
  })
  expect(complaints).toEqual([])
})

async function experimentOf(page: Page) {
  await page.getByRole('button', { name: 'Show as experiment file' }).click()
  return JSON.parse((await page.getByRole('dialog').locator('pre, code').first().textContent()) ?? '')
}
