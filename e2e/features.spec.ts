import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { splitByHand } from './recompute'
import { dataFolder, expect, goTo, readTable, test } from './workbench'

const folder = join(dataFolder, 'ml-latest-small')
const ratings = join(folder, 'ratings.csv')

test.skip(
  !existsSync(ratings),
  `MovieLens latest-small is not at ${folder}; set TOPN_DATA to the folder of the data sets`,
)
test.use({ serveArguments: [ratings] })

test('genres and title words become features, and a model that learns from them lists like films', async ({
  page,
  workbench,
  complaints,
}) => {
  await test.step('open ratings with the file of films', async () => {
    await page.goto(workbench.url)
    await page.getByRole('button', { name: 'Add a file of items' }).click()
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('menuitem', { name: 'Upload from this computer' }).click()
    await (await chooser).setFiles(join(folder, 'movies.csv'))
    await expect(page.getByText('movies.csv').first()).toBeVisible()
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(page.getByText('Profile of ratings')).toBeVisible({ timeout: 30_000 })
  })

  const genres = page.getByRole('listitem', { name: 'genres' })
  const title = page.getByRole('listitem', { name: 'title' })

  await test.step('the defaults take the genres as they are', async () => {
    await page.getByRole('tab', { name: 'Features' }).click()
    // 18 genres, IMAX, and "(no genres listed)".
    await expect(genres).toContainText('20 columns')
    await expect(genres).toContainText('genres: Drama')
    const { rows } = await readTable(page, 'Attributes')
    expect(rows.map(([name, , , count]) => [name, count])).toEqual([
      ['title', '9,125'],
      ['genres', '9,125'],
    ])
  })

  await test.step('title words are added, and taken away and brought back by undo and redo', async () => {
    await page.getByRole('button', { name: 'Add a feature' }).click()
    await page.getByRole('menuitem', { name: /^title/ }).click()
    await expect(title).toContainText('title: the')
    await page.keyboard.press('Control+z')
    await expect(title).toBeHidden()
    await page.keyboard.press('Control+Shift+z')
    await title.getByRole('textbox', { name: 'At least so many texts' }).fill('20')
    await expect(title).toContainText(/\d\d columns/)
  })

  await test.step('the folder of an encoder is chosen from the folders of the machine', async () => {
    await title.getByRole('combobox', { name: 'Kind' }).click()
    await page.getByRole('option', { name: 'Text encoder' }).click()
    await title.getByRole('button', { name: 'Choose a folder' }).click()
    const dialog = page.getByRole('dialog', { name: 'Folder of the encoder' })
    const use = dialog.getByRole('button', { name: 'Use this folder' })
    await expect(use).toBeDisabled()
    await dialog.getByRole('button', { name: 'ml-latest-small' }).click()
    await use.click()
    await expect(title.getByRole('textbox', { name: 'Folder of the encoder' })).toHaveValue(folder)
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect(title).toContainText(/\d\d columns/)
  })

  await test.step('an ablation leaves each group out once', async () => {
    await page.getByRole('button', { name: 'Ablation with…' }).click()
    await page.getByRole('menuitem', { name: 'Content k-NN' }).click()
    await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible()
    for (const name of ['with all features', 'without genres', 'without title']) {
      const row = page.getByRole('table', { name: 'Leaderboard' }).getByRole('row', { name: `content-knn ${name}` })
      await expect(row).toContainText('ablation', { timeout: 60_000 })
    }
  })

  await test.step('a list by genres alone has the scores of a computation by hand', async () => {
    await goTo(page, 'Users')
    await page.getByRole('searchbox', { name: 'Find a user' }).fill('15')
    await page.getByRole('button', { name: '15', exact: true }).click()
    const { rows } = await readTable(page, 'List of content-knn without title')
    expect(rows.length).toBeGreaterThanOrEqual(10)
    const wanted = scoresByHand('15')
    const best = [...wanted.values()].sort((x, y) => y - x)
    for (const [at, cells] of rows.slice(0, 10).entries()) {
      expect(Number(cells[2])).toBeCloseTo(best[at], 3)
      // The genres stand below the title.
      const title = [...wanted.keys()].find((known) => cells[1].startsWith(`${known} `)) ?? cells[1]
      expect(Number(cells[2])).toBeCloseTo(wanted.get(title) ?? Number.NaN, 3)
    }
  })
  expect(complaints).toEqual([])
})

/** Of each film that the user has not seen in training, the cosine of its genres with those of the history, by title. */
function scoresByHand(user: string): Map<string, number> {
  const films = new Map(
    readFileSync(join(folder, 'movies.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [id, genres] = [
          line.slice(0, line.indexOf(',')),
          line
            .slice(line.lastIndexOf(',') + 1)
            .trim()
            .split('|'),
        ]
        const title = line
          .slice(line.indexOf(',') + 1, line.lastIndexOf(','))
          .replace(/^"|"$/g, '')
          .replaceAll('""', '"')
        return [id, { title, genres }] as const
      }),
  )
  const { all, test: held } = splitByHand(readFileSync(ratings, 'utf8'), 0)
  const history = all.filter((row) => row.user === user && row.item !== held.get(user)).map(({ item }) => item)
  const profile = new Map<string, number>()
  for (const item of history) {
    const genres = films.get(item)?.genres ?? []
    for (const genre of genres) profile.set(genre, (profile.get(genre) ?? 0) + 1 / Math.sqrt(genres.length))
  }
  const length = Math.hypot(...profile.values())
  const scores = new Map<string, number>()
  for (const item of new Set(all.map((row) => row.item))) {
    const { title, genres } = films.get(item) ?? { title: '', genres: [] }
    const product = genres.reduce((sum, genre) => sum + (profile.get(genre) ?? 0) / Math.sqrt(genres.length), 0)
    if (!history.includes(item)) scores.set(title, product / length)
  }
  return scores
}
