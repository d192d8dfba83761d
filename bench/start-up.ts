import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium } from 'playwright'
import { findChromium } from '../scripts/chromium.mjs'

// From the start of `topn serve` to a window that can be worked in: npm run bench -- start-up (after npm run build)

const rounds = 5

/** Milliseconds. The server's address from the start of its process, the others from the page's navigation. */
interface StartUp {
  address: number
  firstPaint: number
  firstContentfulPaint: number
  /** The screen's heading and its first button that answers to a click have been painted. */
  usable: number
}

/** Runs before the page's own scripts. */
function watchPage() {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('main h1') || !document.querySelector('main button:not([disabled])')) return
    observer.disconnect()
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('usable')))
  })
  observer.observe(document, { subtree: true, childList: true, attributes: true })
}

async function startUp(browser: Browser): Promise<StartUp> {
  const workspace = mkdtempSync(join(tmpdir(), 'topn-bench-'))
  const started = performance.now()
  const server = spawn(process.execPath, [join('out', 'main', 'cli.js'), 'serve', '--workspace', workspace], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, XDG_CONFIG_HOME: workspace },
  })
  try {
    const url = await addressOf(server)
    const address = performance.now() - started
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.addInitScript(watchPage)
    await page.goto(url)
    await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0)
    const entries = await page.evaluate(() =>
      Object.fromEntries(performance.getEntries().map(({ name, startTime }) => [name, startTime])),
    )
    await context.close()
    return {
      address,
      firstPaint: entries['first-paint'],
      firstContentfulPaint: entries['first-contentful-paint'],
      usable: entries.usable,
    }
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill()
    await ended
    rmSync(workspace, { recursive: true, force: true })
  }
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

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

async function main() {
  const executablePath = findChromium()
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ args, ...(executablePath && { executablePath }) })
  try {
    console.log('npm run bench -- start-up')
    console.log(`${cpus()[0]?.model.trim()}, ${availableParallelism()} threads; Node ${process.versions.node}`)
    console.log(`Chromium ${browser.version()}; an empty workspace and an empty cache each time; medians of ${rounds}`)
    const measured: StartUp[] = []
    for (let round = 0; round < rounds; round++) measured.push(await startUp(browser))
    const print = (text: string, key: keyof StartUp) => {
      const values = measured.map((each) => each[key])
      const all = values.map((value) => value.toFixed(0)).join(', ')
      console.log(`  ${text}: ${median(values).toFixed(0)} ms (${all})`)
    }
    print('address of the server, from its start', 'address')
    print('first paint, from navigation', 'firstPaint')
    print('first contentful paint, from navigation', 'firstContentfulPaint')
    print('usable window, from navigation', 'usable')
  } finally {
    await browser.close()
  }
}

await main()
