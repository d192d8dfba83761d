import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { installRecordedPackage } from '../main/compute/testing/devices'
import { takeSample } from './sample'
import { test as base, expect, goTo } from './workbench'

/** Where a recorded interface of tfjs-node stands in for an NVIDIA card. */
const test = base.extend<object, { native: string }>({
  native: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that are used
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'topn-native-'))
      installRecordedPackage(folder, '@tensorflow/tfjs-node-gpu')
      await use(folder)
      rmSync(folder, { recursive: true })
    },
    { scope: 'worker' },
  ],
  // Room for so many numbers: the loader, the job, the error and the window are the real ones. Of a machine's own card
  // nothing is seen.
  serveEnvironment: async ({ native }, use) =>
    use({ XDG_DATA_HOME: native, VK_ICD_FILENAMES: join(native, 'none.json'), TOPN_RECORDED_NUMBERS: '2000000' }),
})

async function chooseDevice(page: Page, device: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Device', exact: true }).click()
  await page.getByRole('option', { name: device, exact: true }).click()
}

test('a card that runs out of memory ends its run, and the next device trains it; a chosen device is in the record', async ({
  page,
  workbench,
  complaints,
}) => {
  await takeSample(page, workbench.url)
  await goTo(page, 'Train')
  for (const name of ['Popularity', 'Item k-NN', 'iALS']) await page.getByRole('checkbox', { name }).setChecked(false)
  await page.getByRole('checkbox', { name: 'GMF', exact: true }).setChecked(true)
  await page.getByRole('button', { name: /^GMF: / }).click()
  await page.getByRole('textbox', { name: 'epochs', exact: true }).fill('2')
  const main = page.getByRole('main')
  const card = main.getByRole('listitem').filter({ has: page.getByRole('checkbox', { name: 'GMF', exact: true }) })
  const factOf = (name: string) => main.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]')

  await test.step('the best device is the card, and it fails', async () => {
    await page.getByRole('banner').getByText('CUDA').hover()
    await expect(page.getByRole('tooltip')).toContainText('Networks train on CUDA.')
    await expect(card).toContainText(/About .* on the CPU; how long on CUDA is not known\./)
    await page.getByRole('button', { name: 'Train 1 model' }).click()
    await expect(main.getByText('The device failed').first()).toBeVisible()
    await expect(main.getByText(/^The NVIDIA card \(CUDA\) ran out of memory: /).first()).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('failed.png') })
  })

  await test.step('what is offered trains', async () => {
    await main.getByRole('button', { name: 'Train on CPU' }).click()
    await expect(page.getByText('trained in')).toHaveCount(1)
    await main.getByRole('link', { name: 'gmf-2', exact: true }).click()
    await expect(factOf('Device')).toHaveText(/^CPU ·/)
  })

  await test.step('the processor is chosen', async () => {
    await goTo(page, 'Train')
    // What comes above the field moves it down, and a list whose field leaves the view is hidden.
    await expect(card).toContainText('how long on CUDA is not known')
    await expect(main.getByText('Cold in the test part')).toBeVisible()
    await chooseDevice(page, 'CPU')
    await expect(main.getByText('how long on')).toHaveCount(0)
    await page.getByRole('button', { name: 'Train 1 model' }).click()
    await expect(page.getByText('trained in')).toHaveCount(2)
    await main.getByRole('link', { name: 'gmf-3', exact: true }).click()
    await expect(factOf('Device')).toHaveText(/^CPU ·/)
    await page.screenshot({ path: test.info().outputPath('record.png') })
    await page.getByRole('button', { name: 'Show as experiment file' }).click()
    const file = await page.getByRole('dialog').locator('pre, code').first().textContent()
    expect(JSON.parse(file ?? '')).toMatchObject({ device: 'cpu', models: [{ model: 'gmf' }] })
  })
  expect(complaints).toEqual([])
})
