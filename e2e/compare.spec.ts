import type { Page } from '@playwright/test'
import { takeSample, trainThree } from './sample'
import { expect, goTo, test } from './workbench'

test('runs are chosen, explained and compared user by user, down to the lists of those who lose', async ({
  page,
  workbench,
  complaints,
}) => {
  await takeSample(page, workbench.url)
  await trainThree(page)
  await goTo(page, 'Compare')
  const main = page.getByRole('main')
  const board = main.getByRole('table', { name: 'Leaderboard' })
  const names = () => board.getByRole('link', { name: /^[a-z-]+-1$/ }).allInnerTexts()

  await test.step('a number says its formula and of how many it is, by keyboard', async () => {
    await board.getByRole('checkbox', { name: 'Choose popularity-1' }).focus()
    await page.keyboard.press('ArrowRight')
    const tip = page.getByRole('tooltip')
    await expect(tip).toContainText('divided by the same sum over ranks')
    await expect(tip).toContainText('Mean over 500 users with test items.')
    await page.keyboard.press('ArrowRight')
    await expect(tip).toContainText('hits / k')
    await page.keyboard.press('Escape')
    await expect(tip).toBeHidden()
  })

  await test.step('a pinned run stands first until it is undone', async () => {
    const before = await names()
    await board.getByRole('button', { name: `Pin ${before[2]}` }).click()
    await expect.poll(names).toEqual([before[2], before[0], before[1]])
    await page.keyboard.press('Control+z')
    await expect.poll(names).toEqual(before)
  })

  await test.step('columns are chosen and stay', async () => {
    await main.getByRole('button', { name: 'Columns' }).click()
    await main.getByRole('checkbox', { name: 'NDCG at 5' }).check()
    await main.getByRole('checkbox', { name: 'Novelty at in force' }).uncheck()
    await page.keyboard.press('Escape')
    await goTo(page, 'Users')
    await goTo(page, 'Compare')
    await expect(board.getByRole('columnheader', { name: 'NDCG@5' })).toBeVisible()
    await expect(board.getByRole('columnheader', { name: 'Novelty@10' })).toHaveCount(0)
  })

  await test.step('charts show the chosen runs, and a filter leaves some', async () => {
    const box = (name: string) => board.getByRole('checkbox', { name: `Choose ${name}` })
    const [first, second, third] = await names()
    await box(first).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    await expect(main.getByText('2 runs chosen: charts show these alone.')).toBeVisible()
    await expect(box(second)).toBeChecked()
    await expect(box(third)).not.toBeChecked()
    await main.getByRole('searchbox', { name: 'Find runs' }).fill('POPULAR')
    await expect(board).toHaveAttribute('aria-rowcount', '2')
    await main.getByRole('searchbox', { name: 'Find runs' }).fill('')
    await expect(board).toHaveAttribute('aria-rowcount', '4')
    await main.getByRole('button', { name: 'Choose none' }).click()
  })

  await test.step('under the definitions of RecTools NDCG is smaller by a constant where users have one test item', async () => {
    const panel = main.getByRole('region', { name: 'Definitions' })
    await panel.getByRole('combobox', { name: 'Whose definitions hold' }).click()
    await page.getByRole('option', { name: 'RecTools' }).click()
    await expect(panel.getByRole('status')).toHaveText(/^Under RecTools the order of the 3 runs stays the same/)
    const row = panel.getByRole('table', { name: 'Ranks under both definitions' }).getByRole('row').nth(1)
    const [usual, redefined] = (await row.getByRole('cell').allInnerTexts()).slice(1, 3).map(Number)
    const places = Array.from({ length: 10 }, (_, rank) => 1 / Math.log2(rank + 2)).reduce((sum, each) => sum + each)
    expect(redefined).toBeCloseTo(usual / places, 3)
  })

  await test.step('a rectangle around all dots holds all users, a click frees them', async () => {
    await main.getByText('Two runs', { exact: true }).click()
    await main.getByText('Rectangle', { exact: true }).click()
    const chart = main.getByRole('img', { name: /^NDCG@10 of each user/ })
    await chart.scrollIntoViewIfNeeded()
    await drag(page, await chart.boundingBox())
    await expect(main.getByText('500 users chosen')).toBeVisible()
    await chart.click({ position: { x: 200, y: 100 }, force: true })
    await expect(main.getByText('500 users chosen')).toBeHidden()
  })

  await test.step('those who are better off with the second run are named, and both lists of each are there', async () => {
    const outcomes = main.getByRole('group', { name: 'Users by outcome' }).getByRole('button', { name: /^better with/ })
    const [, second] = await outcomes.all()
    const count = Number(/: (\d+) \(/.exec((await second.textContent()) ?? '')?.[1])
    expect(count).toBeGreaterThan(5)
    await second.click()
    await main.getByRole('button', { name: 'Name them and see their lists' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue(/^better with .*NDCG@10/)
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Losers')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(main.getByRole('table', { name: 'Users', exact: true })).toHaveAttribute(
      'aria-rowcount',
      String(count + 1),
    )
    await expect(main.getByRole('table', { name: /^List of/ })).toHaveCount(2)
    await page.screenshot({ path: test.info().outputPath('losers.png') })
  })
  expect(complaints).toEqual([])
})

/** From corner to corner of a chart, within its edges. */
async function drag(page: Page, box: { x: number; y: number; width: number; height: number } | null): Promise<void> {
  if (!box) throw new Error('the chart is not drawn')
  await page.mouse.move(box.x + 4, box.y + 4)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 })
  await page.mouse.move(box.x + box.width - 4, box.y + box.height - 4, { steps: 3 })
  await page.mouse.up()
}
