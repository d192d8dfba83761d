import { execFileSync } from 'node:child_process'
import type { ModelDescription } from '../main/contract/parameters'
import { takeSample } from './sample'
import { cli, expect, goTo, readTable, test } from './workbench'

/** A network that trains longer than this with its defaults on the sample keeps people waiting. */
const mostSeconds = 900

function listNetworks(): ModelDescription[] {
  const registry: ModelDescription[] = JSON.parse(
    execFileSync(process.execPath, [cli, 'models', '--json'], { encoding: 'utf8' }),
  )
  return registry.filter(({ capabilities }) => capabilities.includes('checkpoint'))
}

test('every network trains from the form with its defaults on the processor, and is compared', {
  tag: '@long',
}, async ({ page, workbench, complaints }) => {
  const networks = listNetworks()
  test.setTimeout(networks.length * mostSeconds * 1000)
  await takeSample(page, workbench.url)
  await goTo(page, 'Train')
  for (const name of ['Popularity', 'Item k-NN', 'iALS']) await page.getByRole('checkbox', { name }).setChecked(false)
  await page.getByRole('combobox', { name: 'Device', exact: true }).click()
  await page.getByRole('option', { name: 'CPU', exact: true }).click()
  for (const { name } of networks) await page.getByRole('checkbox', { name, exact: true }).setChecked(true)
  await page.getByRole('button', { name: `Train ${networks.length} models` }).click()
  const main = page.getByRole('main')
  for (const { id } of networks) {
    const run = main.getByRole('listitem', { name: `${id}-1`, exact: true })
    const outcome = run.getByText(/^trained in|^failed$/).first()
    await expect(outcome).toBeVisible({ timeout: mostSeconds * 1000 })
    await expect(outcome).toHaveText(/^trained in/)
    test.info().annotations.push({ type: id, description: (await outcome.textContent()) ?? '' })
  }
  await goTo(page, 'Compare')
  const { header, rows } = await readTable(page, 'Leaderboard')
  const ndcg = header.findIndex((heading) => /ndcg@10/i.test(heading))
  for (const { id } of networks) {
    const row = rows.find(([name]) => name.includes(`${id}-1`))
    expect(Number(/[\d.]+$/.exec(row?.[ndcg] ?? '')?.[0]), id).toBeGreaterThan(0)
  }
  await page.screenshot({ path: test.info().outputPath('compared.png') })
  expect(complaints).toEqual([])
})
