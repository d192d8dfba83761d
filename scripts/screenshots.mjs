// `npm run screenshots [-- SCREEN ...]`: pictures of the screens with the built-in sample, into docs/screenshots. Needs a build.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright'
import { findChromium } from './chromium.mjs'
import { repackPng } from './png.mjs'
import { build, root } from './setup.mjs'

const folder = join(root, 'docs', 'screenshots')
const viewport = { width: 1280, height: 800 }
const rooms = ['recipe', 'features', 'split', 'privacy']
const all = ['home', 'data', ...rooms, 'train', 'compare', 'tune', 'map', 'users', 'why', 'item', 'what-if', 'run']
const asked = process.argv.slice(2)
const screens = all.filter((screen) => asked.length === 0 || asked.includes(screen))
const pictures = ['en', 'zh'].flatMap((language) =>
  ['light', 'dark'].flatMap((scheme) => screens.map((screen) => ({ screen, scheme, language }))),
)

build()
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: findChromium() ?? undefined,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  await withServer(async (url) => {
    await takePictures(
      url,
      pictures.filter(({ screen }) => screen === 'home'),
    )
    await fillWorkspace(url)
    await takePictures(
      url,
      pictures.filter(({ screen }) => screen !== 'home'),
    )
  })
} finally {
  await browser.close()
}

/** Serves an empty workspace for as long as `use` takes. */
async function withServer(use) {
  const workspace = mkdtempSync(join(tmpdir(), 'topn-pictures-'))
  const words = [join(root, 'out', 'main', 'cli.js'), 'serve', '--workspace', join(workspace, 'film club')]
  const env = { ...process.env, XDG_CONFIG_HOME: workspace }
  const server = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'], env })
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const url = /http:\S+/.exec(line)?.[0]
      if (!url) continue
      await use(url)
      break
    }
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill()
    await ended
    rmSync(workspace, { recursive: true, force: true })
  }
}

/** The sample, three runs on it with the recipe and split of the good defaults, and a study. */
async function fillWorkspace(url) {
  const page = await browser.newPage({ viewport, locale: 'en' })
  await page.goto(url)
  await page.getByRole('main').getByRole('button', { name: 'Take the built-in sample' }).first().click()
  await page.getByText('Profile of sample').waitFor()
  await page.getByRole('button', { name: 'Do not show again' }).click()
  await page.goto(`${new URL(url).origin}/#/train`)
  await page.getByRole('button', { name: 'Good defaults on my data' }).click()
  await page.getByRole('button', { name: 'Edit first' }).click()
  const models = page.getByRole('region', { name: 'Models' })
  for (const box of await models.getByRole('checkbox').all()) await box.setChecked(false)
  for (const name of ['Popularity', 'Item k-NN', 'iALS'])
    await models.getByRole('checkbox', { name, exact: true }).setChecked(true)
  await page.getByRole('button', { name: 'Train 3 models' }).click()
  await page.getByText('trained in').nth(2).waitFor()
  if (screens.includes('tune')) await makeStudy(page, new URL(url).origin)
  if (screens.includes('map')) await makeMap(page, new URL(url).origin)
  await page.close()
}

/** What is proposed, with 40 trials. */
async function makeStudy(page, origin) {
  await page.goto(`${origin}/#/tune`)
  await page.getByRole('textbox', { name: 'Trials at most' }).fill('40')
  await page.getByRole('button', { name: 'Start the study' }).click()
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await page.getByRole('button', { name: 'Pause' }).waitFor({ state: 'detached', timeout: 300_000 })
}

/** UMAP of the items of iALS. */
async function makeMap(page, origin) {
  await page.goto(`${origin}/#/map`)
  await page.getByRole('combobox', { name: 'Run', exact: true }).click()
  await page.getByRole('option', { name: /^ials/ }).click()
  await page.getByRole('button', { name: 'Lay out the map' }).click()
  await page.getByRole('application').waitFor()
}

/** A lasso around a corner of the map. */
async function lasso(page) {
  await page.getByText(/^(Lasso|套索)$/).click()
  await page.getByRole('application').scrollIntoViewIfNeeded()
  const { x, y, width, height } = await page.getByRole('application').boundingBox()
  const corners = [
    [0.15, 0.2],
    [0.45, 0.1],
    [0.55, 0.4],
    [0.3, 0.6],
    [0.12, 0.45],
  ]
  for (const [at, [right, down]] of corners.entries()) {
    await page.mouse.move(x + right * width, y + down * height, { steps: 8 })
    if (at === 0) await page.mouse.down()
  }
  await page.mouse.up()
}

async function takePictures(url, wanted) {
  for (const { screen, scheme, language } of wanted) {
    const context = await browser.newContext({
      viewport,
      locale: language,
      colorScheme: scheme,
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    await page.goto(url)
    await page.locator('main h1').waitFor()
    await show(page, screen)
    writeFileSync(join(folder, `${screen}-${scheme}-${language}.png`), repackPng(await page.screenshot()))
    await context.close()
  }
}

/** Goes to a screen and waits until it shows what it is for. */
async function show(page, screen) {
  const main = page.locator('main')
  if (screen === 'home') return
  await page.evaluate((hash) => {
    location.hash = hash
  }, addressOf(screen))
  if (screen === 'compare') await main.locator('[role=img]').waitFor()
  if (screen === 'data') await main.locator('[role=img]').nth(2).waitFor()
  if (screen === 'recipe') await main.getByText(/Content hash|内容哈希/).waitFor()
  if (screen === 'split') await main.locator('[role=img]').first().waitFor()
  if (screen === 'features') await main.getByRole('table').nth(1).waitFor()
  if (screen === 'run') {
    await main.getByRole('link', { name: /^ials/ }).first().click()
    await main.locator('[role=img]').first().waitFor()
  }
  if (screen === 'tune') {
    await main.getByRole('table').first().getByRole('link').first().click()
    await main.locator('[role=img]').nth(3).waitFor()
    await main.getByRole('table').nth(1).waitFor()
  }
  if (screen === 'map') {
    await main.getByRole('table').first().waitFor()
    await lasso(page)
    await main.getByText(/^(Frequent here|此处常见)$/).waitFor()
  }
  if (screen === 'users' || screen === 'why') {
    await main.getByRole('table').first().getByRole('button').nth(3).click()
    await main.getByRole('table').nth(3).waitFor()
  }
  if (screen === 'why') {
    await main
      .getByRole('button', { name: /^Why|^为什么/ })
      .first()
      .click()
    await page.getByRole('dialog').getByRole('table').first().waitFor()
  }
  if (screen === 'item') {
    await main.getByRole('table').first().getByRole('button').first().click()
    await main.getByRole('table').nth(4).waitFor()
    await main.locator('[role=img]').first().waitFor()
  }
  if (screen === 'what-if') {
    await main.getByRole('searchbox').fill('a')
    await main.getByRole('table').first().getByRole('button').nth(2).click()
    await main
      .getByRole('button', { name: /^Why|^为什么/ })
      .nth(12)
      .waitFor()
  }
  // Fonts and layout settle with the next frames.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}

/** A run's page is reached from the leaderboard. */
function addressOf(screen) {
  if (rooms.includes(screen)) return `#/data?room=${screen}`
  if (screen === 'why') return '#/users'
  if (screen === 'what-if') return '#/users?room=whatIf'
  if (screen === 'item') return '#/users?room=item'
  return `#/${screen === 'run' ? 'compare' : screen}`
}
