import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { test as base, expect, type Page } from '@playwright/test'

export { expect }

const root = resolve(import.meta.dirname, '..')
export const cli = join(root, 'out', 'main', 'cli.js')
/** Published data for tests, where this machine has it. */
export const dataFolder = process.env.TOPN_DATA ?? resolve(root, '../shared/data')

export interface Workbench {
  /** The address with its token. */
  url: string
  workspace: string
  process: ChildProcess
  stop(): Promise<void>
  /** Serves the same workspace again, at another address. */
  start(): Promise<void>
}

interface Fixtures {
  /** `topn serve` on a workspace of its own. */
  workbench: Workbench
  /** What the page said on its console that it should not have, the content policy's refusals included. */
  complaints: string[]
}

interface Options {
  serveArguments: string[]
  /** What `topn serve` and its jobs see besides. */
  serveEnvironment: Record<string, string>
}

export const test = base.extend<Fixtures & Options>({
  serveArguments: [[], { option: true }],
  serveEnvironment: [{}, { option: true }],
  workbench: async ({ serveArguments, serveEnvironment }, use) => {
    const workspace = mkdtempSync(join(tmpdir(), 'topn-e2e-'))
    // The list of recent workspaces of the person who runs the tests stays as it is.
    const configFolder = mkdtempSync(join(tmpdir(), 'topn-e2e-config-'))
    const words = ['--workspace', workspace, '--root', dataFolder, ...serveArguments]
    const start = () => startServer(words, { ...serveEnvironment, XDG_CONFIG_HOME: configFolder })
    const workbench: Workbench = {
      ...(await start()),
      workspace,
      stop: () => stop(workbench.process),
      async start() {
        Object.assign(workbench, await start())
      },
    }
    await use(workbench)
    await stop(workbench.process)
    for (const folder of [workspace, configFolder]) rmSync(folder, { recursive: true, force: true })
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
      })
      await use(complaints)
    },
    { auto: true },
  ],
})

async function startServer(
  words: string[],
  environment: Record<string, string>,
): Promise<{ url: string; process: ChildProcess }> {
  const env = { ...process.env, ...environment }
  const child = spawn(process.execPath, [cli, 'serve', ...words], { stdio: ['ignore', 'pipe', 'inherit'], env })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\S+/.exec(line)?.[0]
    if (url) return { url, process: child }
  }
  throw new Error('topn serve ended before it printed its address')
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exited
}

/** Goes to a screen by the navigation, as a person would. */
export async function goTo(page: Page, screen: 'Data' | 'Train' | 'Compare' | 'Tune' | 'Map' | 'Users'): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click()
}

/** The cells of a table's body, row by row, as they stand on the screen. */
export async function readTable(page: Page, name: string | RegExp): Promise<{ header: string[]; rows: string[][] }> {
  const table = page.getByRole('table', { name })
  await expect(table).toBeVisible()
  const texts = (selector: string) => table.locator(selector).allInnerTexts()
  const header = (await texts('thead th')).map(clean)
  const rows = await table.locator('tbody tr:not([aria-hidden])').all()
  return {
    header,
    rows: await Promise.all(rows.map(async (row) => (await row.locator('td').allInnerTexts()).map(clean))),
  }
}

function clean(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
