import type { Page } from '@playwright/test'
import { takeSample, trainThree } from './sample'
import { expect, goTo, readTable, test } from './workbench'

/** NDCG@10 of a run as the leaderboard has it. */
async function ndcgOf(page: Page, run: string): Promise<number> {
  const { header, rows } = await readTable(page, 'Leaderboard')
  const row = rows.find(([name]) => name.includes(run)) ?? []
  return Number(row[header.findIndex((heading) => heading.includes('NDCG@10'))])
}

test('runs are compared with one of them, and segments show for whom which one wins', async ({
  page,
  workbench,
  complaints,
}) => {
  await takeSample(page, workbench.url)
  await trainThree(page)
  await goTo(page, 'Compare')
  const main = page.getByRole('main')

  await test.step('how sure it is', async () => {
    await main.getByText('How sure', { exact: true }).click()
    const sure = main.getByRole('region', { name: 'How sure' })
    await sure.getByRole('combobox', { name: 'Reference run' }).click()
    await page.getByRole('option', { name: 'popularity-1' }).click()
    await expect(sure.getByText(/^Each run less popularity-1, over the same 500 users/)).toBeVisible()
    const { header, rows } = await readTable(page, 'In words')
    expect(header).toEqual(['Run', 'Found', 'In words', 'p', 'p after Holm', 'Effect d'])
    for (const [run, , sentence] of rows) {
      const [, better, worse, difference, from, to] = (
        /^better for (\d+)% of users, worse for (\d+)%: NDCG@10 (\S+), 95% interval (\S+) to (\S+)$/.exec(sentence) ??
        []
      ).map(Number)
      expect(better + worse).toBeLessThanOrEqual(100)
      expect(difference).toBeCloseTo((await ndcgOf(page, run)) - (await ndcgOf(page, 'popularity-1')), 3)
      expect(from).toBeLessThan(difference)
      expect(to).toBeGreaterThan(difference)
    }
    await sure.getByRole('button', { name: /^Show as a table: NDCG@10 against popularity-1/ }).click()
    const numbers = await readTable(page, /^NDCG@10 against popularity-1/)
    expect(numbers.rows.map(([run]) => run).sort()).toEqual(rows.map(([run]) => run).sort())
    await sure.getByRole('combobox', { name: 'Test' }).click()
    await page.getByRole('option', { name: 'Randomisation test' }).click()
    await sure.getByText('How these numbers are computed').click()
    await expect(sure.getByText(/share of random changes of sign/)).toBeVisible()
  })

  await test.step('for whom', async () => {
    await main.getByText('For whom', { exact: true }).click()
    const whom = main.getByRole('region', { name: 'For whom' })
    await expect(whom.getByRole('status')).toHaveText(/ wins over all users, (but |and in each of the \d+ segments)/)
    const map = whom.getByRole('slider')
    // To all users, and past the cold and the warm ones to the light ones.
    for (let row = 0; row < 4; row++) await map.press('ArrowDown')
    await expect(map).toHaveAttribute('aria-valuetext', /^Light users \(\d+–\d+ interactions\)/)
    await map.press('Enter')
    const users = whom.getByRole('region', { name: /^Users: Light users \(\d+–\d+ interactions\)/ })
    await expect(users.getByText(/^\d+ users judged\. Those first for whom/)).toBeVisible()
    await users.getByRole('button', { name: 'Name this segment as a selection' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('banner').getByRole('button', { name: /^Selection in force/ })).toBeVisible()
    const someone = users.getByRole('table').getByRole('link').first()
    const name = (await someone.textContent()) ?? ''
    await someone.click()
    await expect(main.getByRole('heading', { name: `History · ${name}` })).toBeVisible()
    await expect(main.getByRole('table', { name: /^List of (ials|item-knn)-1$/ })).toHaveCount(2)
  })
  expect(complaints).toEqual([])
})
