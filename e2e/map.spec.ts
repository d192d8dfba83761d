import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { splitByHand } from './recompute'
import { takeSample } from './sample'
import { dataFolder, expect, goTo, readTable, test } from './workbench'

const folder = join(dataFolder, 'ml-latest-small')
const ratings = join(folder, 'ratings.csv')

test.skip(
  !existsSync(ratings),
  `MovieLens latest-small is not at ${folder}; set TOPN_DATA to the folder of the data sets`,
)

// WebGL in software, which the other specs do without.
test.use({
  serveArguments: [ratings],
  launchOptions: {
    ...(process.env.TOPN_CHROMIUM && { executablePath: process.env.TOPN_CHROMIUM }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
    ],
  },
})

const chosen = (page: Page) => page.getByRole('region', { name: 'Chosen points' })

test('films and users of MovieLens as maps: found, coloured, chosen, named, and beside another run', async ({
  page,
  workbench,
  complaints,
}) => {
  test.slow()
  const main = page.getByRole('main')
  // WebGL in software would be told by its name, and left to the canvas.
  await page.addInitScript(() => {
    WebGL2RenderingContext.prototype.getExtension = () => null
  })
  await test.step('open the data and train two models', async () => {
    await page.goto(workbench.url)
    await page.getByRole('button', { name: 'Add a file of items' }).click()
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('menuitem', { name: 'Upload from this computer' }).click()
    await (await chooser).setFiles(join(folder, 'movies.csv'))
    await expect(page.getByText('movies.csv').first()).toBeVisible()
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(page.getByText('Profile of ratings')).toBeVisible({ timeout: 30_000 })
    await goTo(page, 'Train')
    await trainOnly(page, ['Popularity', 'PureSVD'])
    await expect(page.getByText('trained in')).toHaveCount(2)
  })

  await test.step('nothing is laid out before it is asked for; then every film of the training part is a point', async () => {
    await goTo(page, 'Map')
    await expect(page.getByText('No maps yet')).toBeVisible()
    await chooseRun(page, /^pure-svd/)
    await page.getByRole('button', { name: 'Lay out the map' }).click()
    await expect(page.getByRole('application', { name: /pure-svd/ })).toHaveAttribute('data-layer', 'webgl', {
      timeout: 60_000,
    })
    const { catalogue } = splitByHand(readFileSync(ratings, 'utf8'), 0)
    await expect(main.getByText(catalogue.size.toLocaleString('en'), { exact: true })).toBeVisible()
  })

  await test.step('a film is found by its title, and its neighbours by the vectors', async () => {
    await page.getByRole('searchbox', { name: 'Find a point' }).fill('toy story')
    await page.getByRole('region', { name: 'Points that were found' }).getByText('Toy Story (1995)').click()
    await expect(page.getByRole('heading', { name: 'Toy Story (1995)' })).toBeVisible()
    const { rows } = await readTable(page, 'Nearest by the vectors')
    expect(rows).toHaveLength(15)
    const far = rows.map(([, distance]) => Number(distance))
    expect(far).toEqual(far.toSorted((a, b) => a - b))
    const opened = page.getByRole('link', { name: 'Toy Story (1995)', exact: true })
    await expect(opened).toHaveAttribute('href', /room=item/)
    await page.getByRole('link', { name: 'Open this item' }).click()
    await expect(page.getByRole('table', { name: 'Similar: pure-svd-1' }).locator('tbody tr')).toHaveCount(10)
    await page.goBack()
    await expect(page.getByRole('application', { name: /pure-svd/ })).toBeVisible()
  })

  await test.step('a genre of the legend chooses its films, all of which have it', async () => {
    await page.getByRole('combobox', { name: 'Colour' }).click()
    await page.getByRole('option', { name: 'genres' }).click()
    await page.getByRole('button', { name: 'Choose the points of Drama' }).click()
    await expect(chosen(page)).toContainText('Drama100%')
  })

  await test.step('a lasso around everything takes all but what is outside', async () => {
    await page.getByText('Lasso', { exact: true }).click()
    await drawAround(page, page.getByRole('application'))
    await expect(chosen(page)).toContainText(/^Chosen points[4-9],\d{3} points/)
  })

  await test.step('a cluster becomes a selection with metrics, and is handed over as CSV', async () => {
    await page.getByRole('button', { name: 'Choose cluster 2' }).click()
    const size = (await readTable(page, 'Clusters')).rows[1][1]
    await expect(chosen(page)).toContainText(`${size} points`)
    await page.getByRole('textbox', { name: 'Name of the selection' }).fill('second cluster')
    await page.getByRole('button', { name: 'Save as a selection' }).click()
    const metrics = await readTable(page, 'Metrics on second cluster')
    expect(metrics.rows).toHaveLength(2)
    await chosen(page).getByRole('button', { name: 'Export', exact: true }).click()
    const drawer = page.getByRole('dialog', { name: 'Export second cluster' })
    const download = page.waitForEvent('download')
    await drawer.getByRole('button', { name: /^Members of second cluster, CSV/ }).click()
    const lines = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\n')
    expect(lines.length - 1).toBe(Number(size.replace(',', '')))
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
  })

  await test.step('another run beside it shows the same films chosen', async () => {
    await chooseRun(page, /^popularity/)
    await page.getByText('PCA', { exact: true }).click()
    await page.getByRole('button', { name: 'Lay out the map' }).click()
    await expect(page.getByRole('application', { name: /popularity/ })).toBeVisible()
    await page.getByRole('combobox', { name: 'Beside it' }).click()
    await page.getByRole('option', { name: /^pure-svd/ }).click()
    await expect(page.getByRole('application')).toHaveCount(2)
    await expect(page.getByText(/^Turned onto the first map by [\d,]+ shared points/)).toBeVisible()
    await page.getByRole('button', { name: 'Choose the points of second cluster' }).click()
    await expect(chosen(page)).toContainText('points')
  })

  await test.step('clusters of users are profiles', async () => {
    await page.getByText('Users', { exact: true }).last().click()
    await page.getByRole('button', { name: 'Lay out the map' }).click()
    const { header, rows } = await readTable(page, 'Clusters of users: profiles')
    expect(header).toEqual(['Cluster', 'Users', 'Frequent in it', 'Taste', 'Activity', 'Mean rating'])
    const users = rows.reduce((sum, cells) => sum + Number(cells[1].replace(',', '')), 0)
    expect(users).toBe(671)
  })

  await test.step('a user of the map is opened', async () => {
    await page.getByRole('searchbox', { name: 'Find a point' }).fill('547')
    await page.getByRole('searchbox', { name: 'Find a point' }).press('Enter')
    await page.getByRole('link', { name: 'Open this user' }).click()
    await expect(page.getByText('History · 547')).toBeVisible()
    await page.goBack()
  })

  await test.step('a map is deleted by itself, and comes back by undo', async () => {
    const users = page.getByRole('application', { name: /popularity-1 · Users/ })
    await expect(users).toBeVisible()
    await page.getByRole('button', { name: 'Delete this map' }).click()
    await expect(users).toHaveCount(0)
    await expect(page.getByRole('combobox', { name: 'Map', exact: true })).toBeFocused()
    await expect(page.getByText(/^Deleted map popularity-1 · Users/)).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(users).toBeVisible()
  })

  await test.step('and breaks no rule of accessibility', async () => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))).toEqual([])
  })
  expect(complaints).toEqual([])
})

test('a map moves by keys, and is drawn where WebGL is absent', { tag: '@long' }, async ({
  page,
  workbench,
  complaints,
}) => {
  await page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype
    HTMLCanvasElement.prototype.getContext = new Proxy(getContext, {
      apply: (target, canvas, given) => (given[0] === 'webgl2' ? null : Reflect.apply(target, canvas, given)),
    })
  })
  await takeSample(page, workbench.url)
  await goTo(page, 'Train')
  await trainOnly(page, ['Popularity'])
  await expect(page.getByText('trained in')).toBeVisible()
  await goTo(page, 'Map')
  await page.getByText('PCA', { exact: true }).click()
  await page.getByRole('button', { name: 'Lay out the map' }).click()
  const map = page.getByRole('application')
  await expect(map).toHaveAttribute('data-layer', 'canvas')
  const inks = () =>
    map.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })
      copy?.drawImage(canvas, 0, 0)
      const pixels = copy?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      const ground = pixels.slice(0, 3).join()
      let count = 0
      for (let at = 0; at < pixels.length; at += 4) if (pixels.slice(at, at + 3).join() !== ground) count++
      return count
    })
  await expect.poll(inks).toBeGreaterThan(300)
  const all = await inks()
  await map.focus()
  for (let times = 0; times < 40; times++) await map.press('ArrowRight')
  await expect.poll(inks, 'all points are out of sight').toBe(0)
  await map.press('0')
  await expect.poll(inks).toBe(all)
  expect(complaints).toEqual([])
})

async function trainOnly(page: Page, names: string[]): Promise<void> {
  const models = page.getByRole('region', { name: 'Models', exact: true })
  const checked = models.getByRole('checkbox', { checked: true })
  await expect(checked).not.toHaveCount(0)
  for (let left = await checked.count(); left > 0; left--) {
    await checked.first().uncheck()
    await expect(checked).toHaveCount(left - 1)
  }
  for (const name of names) await models.getByRole('checkbox', { name, exact: true }).check()
  await page.getByRole('button', { name: /^Train \d+ model/ }).click()
}

async function chooseRun(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: 'Run', exact: true }).click()
  await page.getByRole('option', { name }).click()
}

async function drawAround(page: Page, map: Locator): Promise<void> {
  await map.scrollIntoViewIfNeeded()
  const box = await map.boundingBox()
  if (!box) throw new Error('the map is out of sight')
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const
  await page.mouse.move(...at(0.02, 0.08))
  await page.mouse.down()
  for (const [x, y] of [
    [0.9, 0.02],
    [0.98, 0.97],
    [0.03, 0.98],
  ])
    await page.mouse.move(...at(x, y), { steps: 6 })
  await page.mouse.up()
}
