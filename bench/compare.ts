import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { type CDPSession, chromium, type Page } from 'playwright'
import { createEngine } from '../main/engine/engine'
import { forkJob } from '../main/link/process'
import { openStore } from '../main/store'
import { findChromium } from '../scripts/chromium.mjs'

// Compare with 500 runs: npm run bench -- compare (after npm run build). Processor time of the page's main thread.

const runCount = 500
const log = { info() {}, error: console.error }

/** A workspace with one trained run, and copies of it with other numbers and settings. */
async function fill(workspace: string): Promise<void> {
  const entry = pathToFileURL(resolve('out', 'main', 'job.js'))
  const engine = await createEngine({ workspace, roots: 'any', log, spawnJob: () => forkJob(entry), threads: 2 })
  const ended = new Promise<void>((settle) => {
    engine.subscribe((event) => {
      if (event.name === 'job' && event.value.kind === 'train' && event.value.state === 'done') settle()
    })
  })
  const sampled = new Promise<string>((settle) => {
    engine.subscribe((event) => {
      if (event.name === 'job' && event.value.kind === 'load' && event.value.state === 'done')
        settle(event.value.subject ?? '')
    })
  })
  await engine.call('datasets.sample', {})
  await engine.call('runs.start', { datasetId: await sampled, models: [{ model: 'item-knn' }] })
  await ended
  await engine.close()
  const store = await openStore(workspace)
  const [run] = await store.runs()
  for (let at = 1; at < runCount; at++) {
    const share = 0.7 + 0.3 * ((at * 0.618) % 1)
    const metrics = Object.fromEntries(Object.entries(run.metrics).map(([key, value]) => [key, value * share]))
    const params = { ...run.params, neighbors: 10 + (at % 90) }
    await store.saveRun({ ...run, id: randomBytes(6).toString('hex'), name: `copy-${at}`, metrics, params })
  }
  await store.close()
}

/** What the main thread did in between: milliseconds of its processor time, however busy the machine is. */
async function measured(session: CDPSession, work: () => Promise<unknown>): Promise<number> {
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
  }
  const before = await read()
  await work()
  // Charts and rows follow at lower priority.
  await new Promise((settle) => setTimeout(settle, 500))
  return (await read()) - before
}

async function main() {
  const workspace = mkdtempSync(join(tmpdir(), 'topn-bench-'))
  const executablePath = findChromium()
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu']
  const browser = await chromium.launch({ args, ...(executablePath && { executablePath }) })
  await fill(workspace)
  const server = spawn(process.execPath, [join('out', 'main', 'cli.js'), 'serve', '--workspace', workspace], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, XDG_CONFIG_HOME: workspace },
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(await addressOf(server))
    await page.getByRole('heading', { level: 1 }).waitFor()
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    console.log(`npm run bench -- compare: ${runCount} runs`)
    console.log(`${cpus()[0]?.model.trim()}, ${availableParallelism()} threads; Chromium ${browser.version()}`)
    for (const [name, work, times] of works(page)) {
      const milliseconds = (await measured(session, work)) / times
      console.log(`  ${name}: ${milliseconds.toFixed(0)} ms${times > 1 ? ' each' : ''}`)
    }
    console.log(`  rows in the page: ${await board(page).locator('tbody tr').count()}`)
  } finally {
    await browser.close()
    const ended = new Promise((settle) => server.once('exit', settle))
    server.kill()
    await ended
    rmSync(workspace, { recursive: true, force: true })
  }
}

const board = (page: Page) => page.getByRole('table', { name: 'Leaderboard' })

/** Each with how often it does what it measures. */
function works(page: Page): [name: string, work: () => Promise<unknown>, times: number][] {
  const screen = (name: string) => page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name })
  const open = async () => {
    await screen('Compare').click()
    await board(page).waitFor()
  }
  const heading = (name: string) => board(page).getByRole('columnheader', { name, exact: true }).getByRole('button')
  const search = page.getByRole('searchbox', { name: 'Find runs' })
  return [
    ['open Compare', open, 1],
    ['leave it', () => screen('Users').click(), 1],
    ['open it again', open, 1],
    ['a frame of scrolling by 100 pixels', () => scroll(page, 120), 120],
    ['sort by Recall@10', () => heading('Recall@10').click(), 1],
    ['sort by name', () => heading('Run').click(), 1],
    ['a row under the pointer', () => hover(page, 10), 10],
    ['choose a run', () => choose(page, 3), 3],
    ['a letter in the search', () => search.pressSequentially('copy-1'), 6],
  ]
}

async function scroll(page: Page, frames: number): Promise<void> {
  await board(page)
    .locator('..')
    .evaluate(async (box, count) => {
      for (let frame = 0; frame < count; frame++) {
        box.scrollTop += 100
        await new Promise(requestAnimationFrame)
      }
      box.scrollTop = 0
    }, frames)
}

async function hover(page: Page, count: number): Promise<void> {
  for (let row = 0; row < count; row++) await board(page).locator('tbody tr:not([aria-hidden])').nth(row).hover()
}

async function choose(page: Page, count: number): Promise<void> {
  for (let row = 0; row < count; row++) await board(page).getByRole('checkbox').nth(row).click()
}

async function addressOf(server: ChildProcess): Promise<string> {
  if (server.stdout) {
    for await (const line of createInterface({ input: server.stdout })) {
      const url = /http:\S+/.exec(line)?.[0]
      if (url) return url
    }
  }
  throw new Error('topn serve ended before it printed its address. Build first: npm run build')
}

await main()
