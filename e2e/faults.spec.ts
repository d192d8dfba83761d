import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { isAlive } from './processes'
import { expect, goTo, readTable, test, type Workbench } from './workbench'

test.skip(process.platform !== 'linux', 'finding a job by its parent needs /proc')

/** The job processes of a server: its children. */
function jobsOf({ process: server }: Workbench): number[] {
  const children = execFileSync('cat', [`/proc/${server.pid}/task/${server.pid}/children`], { encoding: 'utf8' })
  return children.trim().split(/\s+/).filter(Boolean).map(Number)
}

async function takeSample(page: Page, { url }: Workbench): Promise<void> {
  await page.goto(url)
  await page.getByRole('main').getByRole('button', { name: 'Take the built-in sample' }).first().click()
  await expect(page.getByText('Profile of sample')).toBeVisible()
}

/** iALS with so much to do that it outlasts the test. */
async function chooseLongRun(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'iALS' }).setChecked(true)
  await page.getByRole('button', { name: /iALS: \d parameters/ }).click()
  await page.getByRole('textbox', { name: 'embedding_size' }).fill('1024')
  await page.getByRole('textbox', { name: 'epochs' }).fill('1000')
}

test('a killed training process fails its run with a reason while others finish', async ({ page, workbench }) => {
  await takeSample(page, workbench)
  await goTo(page, 'Train')
  await page.getByRole('checkbox', { name: 'Popularity' }).setChecked(true)
  await page.getByRole('checkbox', { name: 'Item k-NN' }).setChecked(false)
  await chooseLongRun(page)
  await page.getByRole('button', { name: 'Train 2 models' }).click()
  await expect(page.getByText('trained in')).toHaveCount(1)
  await expect(page.getByText(/epoch \d+ of 1,?000/).first()).toBeVisible()
  const [job] = jobsOf(workbench)
  process.kill(job, 'SIGKILL')
  const failure = page.getByRole('main').getByText(/ended by SIGKILL before it was done/)
  await expect(failure.first()).toBeVisible()
  await page.getByRole('checkbox', { name: 'iALS' }).setChecked(false)
  await page.getByRole('button', { name: 'Train 1 model' }).click()
  await expect(page.getByText('trained in')).toHaveCount(2)
  expect(jobsOf(workbench)).toEqual([])
})

test('a run in training shows its progress and can be cancelled', async ({ page, workbench }) => {
  await takeSample(page, workbench)
  await goTo(page, 'Train')
  for (const name of ['Popularity', 'Item k-NN']) await page.getByRole('checkbox', { name }).setChecked(false)
  await chooseLongRun(page)
  await page.getByRole('button', { name: 'Train 1 model' }).click()
  await expect(page.getByText(/epoch \d+ of 1,?000/).first()).toBeVisible()
  await expect(page.getByText(/\d.* left$/).first()).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Cancel ials-1' }).click()
  await expect(page.getByText('Nothing was kept of it.', { exact: false }).first()).toBeVisible()
  expect(jobsOf(workbench)).toEqual([])
})

test('a server that is killed loses nothing that was finished', async ({ page, workbench }) => {
  await takeSample(page, workbench)
  await goTo(page, 'Train')
  for (const name of ['Popularity', 'Item k-NN', 'iALS']) await page.getByRole('checkbox', { name }).setChecked(true)
  await page.getByRole('button', { name: 'Train 3 models' }).click()
  await expect(page.getByText('trained in')).toHaveCount(3)
  await goTo(page, 'Compare')
  const before = await readTable(page, 'Leaderboard')
  await goTo(page, 'Train')
  await chooseLongRun(page)
  await page.getByRole('button', { name: /Train \d models?/ }).click()
  await expect(page.getByText(/epoch \d+ of 1,?000/).first()).toBeVisible()
  const jobs = jobsOf(workbench)
  workbench.process.kill('SIGKILL')
  await expect(page.getByText('The connection to the engine is gone', { exact: false })).toBeVisible()
  await workbench.stop()
  // The orphan notices that its parent is gone.
  await expect.poll(() => jobs.filter(isAlive)).toEqual([])
  await workbench.start()
  await page.goto('about:blank')
  await page.goto(workbench.url)
  await goTo(page, 'Compare')
  const { rows } = await readTable(page, 'Leaderboard')
  // Ranks may have moved: what was under way may have ended before the kill.
  const withoutRank = ([name, ...values]: string[]) => [name.replace(/^\d+ | best$/g, ''), ...values]
  for (const row of before.rows) expect(rows.map(withoutRank)).toContainEqual(withoutRank(row))
  await goTo(page, 'Train')
  await expect(page.getByText('TopN ended before this run was done', { exact: false }).first()).toBeVisible()
})

test('a file that cannot be used says why and what to do', async ({ page, workbench }) => {
  const inbox = join(workbench.workspace, 'inbox')
  mkdirSync(inbox, { recursive: true })
  const bad = join(inbox, 'bad.csv')
  writeFileSync(bad, 'user,item,rating\n1,2,five\n3,4,six\n')
  await page.goto(`${workbench.url}&open=${encodeURIComponent(bad)}`)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByText(/has no row that can be used.*line 2/i).first()).toBeVisible()
})
