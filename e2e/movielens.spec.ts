import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Listed, readLists, recomputeMetrics, splitByHand } from './recompute'
import { cli, dataFolder, expect, goTo, readTable, test } from './workbench'

const folder = join(dataFolder, 'ml-latest-small')
const ratings = join(folder, 'ratings.csv')
const movies = join(folder, 'movies.csv')

test.skip(
  !existsSync(ratings),
  `MovieLens latest-small is not at ${folder}; set TOPN_DATA to the folder of the data sets`,
)
test.use({ serveArguments: [ratings] })

test('a real ratings file becomes a leaderboard and lists with titles, equal to a recomputation', async ({
  page,
  workbench,
  complaints,
}) => {
  await test.step('open the file with its titles', async () => {
    await page.goto(workbench.url)
    await expect(page.getByRole('heading', { name: 'Open ratings.csv' })).toBeVisible()
    await expect(page.getByRole('table', { name: /first rows as TopN reads/ })).toContainText('1260759144')
    await page.getByRole('button', { name: 'Add a file of items' }).click()
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('menuitem', { name: 'Upload from this computer' }).click()
    await (await chooser).setFiles(movies)
    await expect(page.getByText('movies.csv').first()).toBeVisible()
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(page.getByText('Profile of ratings')).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText('100,005 lines = 1 header or blank + 100,004 kept + 0 rejected')).toBeVisible()
    for (const number of ['100,004', '671', '9,066'])
      await expect(page.getByText(number, { exact: true }).first()).toBeVisible()
  })

  await test.step('train three models on ratings of 4 and more', async () => {
    await page.getByRole('tab', { name: 'Recipe' }).click()
    await page.getByRole('button', { name: 'Add a step' }).click()
    await page.getByRole('menuitem', { name: /^Rating filter/ }).click()
    await page.getByRole('textbox', { name: 'Lowest rating' }).fill('4')
    await page.getByRole('link', { name: 'Train on what is left' }).click()
    await expect(page.getByRole('region', { name: 'Clean' })).toContainText('rating ≥ 4')
    for (const name of ['Popularity', 'Item k-NN', 'iALS']) await page.getByRole('checkbox', { name }).setChecked(true)
    await page.getByRole('button', { name: 'Train 3 models' }).click()
    await expect(page.getByText('trained in')).toHaveCount(3, { timeout: 60_000 })
  })

  const byTerminal = await test.step('the terminal comes to the same on the same experiment', async () => {
    const out = join(workbench.workspace, 'terminal')
    mkdirSync(out)
    const experiment = {
      dataset: { interactions: ratings, clean: [{ step: 'rating-filter', min: 4 }] },
      models: [{ model: 'popularity' }, { model: 'item-knn' }, { model: 'ials' }],
    }
    writeFileSync(join(out, 'experiment.json'), JSON.stringify(experiment))
    execFileSync(process.execPath, [cli, 'run', join(out, 'experiment.json'), '--out', out], { stdio: 'pipe' })
    const { runs } = JSON.parse(readFileSync(join(out, 'leaderboard.json'), 'utf8'))
    const lists = new Map<string, Listed[]>()
    for (const { id } of runs) lists.set(id, await readLists(join(out, 'lists', `${id}.parquet`)))
    return { runs: runs as { id: string; metrics: Record<string, number> }[], lists }
  })

  const split = splitByHand(readFileSync(ratings, 'utf8'), 4)

  await test.step('the leaderboard on the screen is the recomputation', async () => {
    await goTo(page, 'Compare')
    const { header, rows } = await readTable(page, 'Leaderboard')
    expect(rows).toHaveLength(3)
    for (const run of byTerminal.runs) {
      const wanted = recomputeMetrics(byTerminal.lists.get(run.id) ?? [], split, 10)
      const row = rows.find((cells) => cells[0].includes(run.id))
      expect(row, `${run.id} is on the leaderboard`).toBeDefined()
      for (const [name, value] of Object.entries(wanted)) {
        expect(run.metrics[name]).toBeCloseTo(value, 6)
        const column = header.findIndex((heading) => headingKey(heading) === name)
        expect(column, `there is a column for ${name}`).toBeGreaterThan(0)
        expect(Number(/[\d.]+$/.exec(row?.[column] ?? '')?.[0])).toBeCloseTo(value, 3)
      }
    }
    await expect(page.getByRole('heading', { name: /over k$/ })).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('compare.png') })
  })

  await test.step("a user's lists on the screen are those of the files, with titles and hits", async () => {
    await goTo(page, 'Users')
    const user = [...split.test.keys()].find((id) =>
      byTerminal.lists
        .get('ials-1')
        ?.some((row) => row.user === id && row.item === split.test.get(id) && row.rank <= 10),
    ) as string
    await page.getByRole('searchbox', { name: 'Find a user' }).fill(user)
    await page.getByRole('button', { name: user, exact: true }).click()
    const titles = new Map(readFileSync(movies, 'utf8').split('\n').map(titleOf))
    for (const { id } of byTerminal.runs) {
      const { rows } = await readTable(page, `List of ${id}`)
      const wanted = (byTerminal.lists.get(id) ?? []).filter((row) => row.user === user)
      for (const { item, rank, score } of wanted.slice(0, 10)) {
        const cells = rows[rank - 1]
        expect(cells[0]).toBe(String(rank))
        expect(cells[1]).toContain(titles.get(item))
        expect(Number(cells[2].replace(/,/g, ''))).toBeCloseTo(score, 2)
        expect(cells[3]).toBe(split.test.get(user) === item ? 'hit' : '')
      }
    }
    const history = await readTable(page, 'History')
    expect(history.rows.length).toBeGreaterThan(0)
    await page.screenshot({ path: test.info().outputPath('users.png') })
  })

  await test.step('lists for everyone are one click away', async () => {
    await page.getByRole('button', { name: 'Lists for everyone of popularity-1' }).click()
    const link = page.getByRole('main').getByRole('link', { name: 'Download lists (Parquet)' })
    await expect(link).toBeVisible({ timeout: 30_000 })
    const downloaded = page.waitForEvent('download')
    await link.click()
    const file = join(workbench.workspace, 'downloaded.parquet')
    await (await downloaded).saveAs(file)
    const everyone = await readLists(file)
    expect(new Set(everyone.map(({ user }) => user)).size).toBe(split.users.size)
    const known = new Set(split.all.map(({ user, item }) => `${user} ${item}`))
    expect(everyone.filter(({ user, item }) => known.has(`${user} ${item}`))).toEqual([])
  })

  await test.step('what the terminal trains in the workspace shows beside everything else', async () => {
    await page.goto('about:blank')
    await workbench.stop()
    const experiment = join(workbench.workspace, 'terminal', 'experiment.json')
    const out = join(workbench.workspace, 'second')
    execFileSync(process.execPath, [cli, 'run', experiment, '--out', out, '--workspace', workbench.workspace])
    await workbench.start()
    await page.goto(workbench.url)
    await goTo(page, 'Compare')
    const leaderboard = page.getByRole('table', { name: 'Leaderboard' })
    // The workspace remembers which dataset was worked on.
    for (const name of ['popularity-1', 'item-knn-1', 'ials-1']) await expect(leaderboard).toContainText(name)
    // Without titles it is another dataset, so its runs stand apart.
    await page.getByRole('combobox', { name: 'Data and split' }).click()
    await expect(page.getByRole('option')).toHaveCount(2)
    await page.getByRole('option', { selected: false }).click()
    for (const name of ['popularity-2', 'item-knn-2', 'ials-2']) await expect(leaderboard).toContainText(name)
  })
  expect(complaints).toEqual([])
})

/** `NDCG@10` on the screen is `ndcg@10` in files. */
function headingKey(heading: string): string {
  return heading
    .replace(/[^A-Za-z0-9@ -]/g, '')
    .trim()
    .toLowerCase()
    .replace(' ', '-')
}

function titleOf(line: string): [string, string] {
  const found = /^(\d+),(?:"((?:[^"]|"")*)"|([^,]*)),/.exec(line)
  return [found?.[1] ?? '', (found?.[2] ?? found?.[3] ?? '').replaceAll('""', '"')]
}
