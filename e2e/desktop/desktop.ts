import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test'

const root = resolve(import.meta.dirname, '../..')

export interface Desktop {
  app: ElectronApplication
  page: Page
  workspace: string
  /** Where the shell keeps its own settings. */
  userData: string
  /** Starts the program again on the same folders, after it has ended. */
  start(...words: string[]): Promise<void>
  /** Quits as the menu does and waits for the end. */
  quit(): Promise<void>
}

/** The program in the real Electron, on a workspace and with settings of its own. */
export const test = base.extend<{ desktop: Desktop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that are used
  desktop: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'topn-desktop-'))
    const workspace = join(folder, 'films')
    const userData = join(folder, 'settings')
    const desktop: Desktop = {
      ...(await launch(workspace, userData, [])),
      workspace,
      userData,
      async start(...words) {
        Object.assign(desktop, await launch(workspace, userData, words))
      },
      async quit() {
        const ended = desktop.app.waitForEvent('close')
        // Electron answers nothing once it has quit.
        await desktop.app.evaluate(({ app }) => void setImmediate(() => app.quit()))
        await ended
      },
    }
    await use(desktop)
    desktop.app.process().kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  },
})

async function launch(workspace: string, userData: string, words: string[]) {
  const app = await _electron.launch({
    ...(process.env.TOPN_ELECTRON && { executablePath: process.env.TOPN_ELECTRON }),
    args: [root, `--user-data-dir=${userData}`, `--workspace=${workspace}`, ...words],
    // Chromium's own sandbox does not run as root.
    chromiumSandbox: process.getuid?.() !== 0,
  })
  const page = await app.firstWindow()
  return { app, page }
}

/** What the system's dialogs would have shown, in order. */
export interface ShownDialog {
  message: string
  buttons: string[]
}

/** Answers the program's questions with the button of the given position, and open dialogs with the path. */
export async function answerDialogs(app: ElectronApplication, answer: { button?: number; path?: string }) {
  await app.evaluate(({ dialog }, { button = 0, path }) => {
    const shown: { message: string; buttons: string[] }[] = []
    Object.assign(globalThis, { shownDialogs: shown })
    Object.assign(dialog, {
      showMessageBoxSync(...given: unknown[]) {
        const { message, buttons } = given.at(-1) as { message: string; buttons: string[] }
        shown.push({ message, buttons })
        return button
      },
      showOpenDialog: async () => ({ canceled: path === undefined, filePaths: path === undefined ? [] : [path] }),
    })
  }, answer)
}

export function shownDialogs(app: ElectronApplication): Promise<ShownDialog[]> {
  return app.evaluate(
    () => (globalThis as unknown as { shownDialogs: { message: string; buttons: string[] }[] }).shownDialogs,
  )
}

/** Chooses an item of the program's menu by the labels that lead there. */
export async function chooseInMenu(app: ElectronApplication, ...labels: string[]): Promise<void> {
  await app.evaluate(({ Menu }, path) => {
    let items = Menu.getApplicationMenu()?.items ?? []
    for (const [at, label] of path.entries()) {
      const item = items.find((each) => each.label === label)
      if (!item) throw new Error(`no ${label} in the menu`)
      if (at === path.length - 1) item.click()
      else items = item.submenu?.items ?? []
    }
  }, labels)
}

/** Process ids of the program's utility processes whose name is given. */
export function processesOf(app: ElectronApplication, name: 'TopN engine' | 'TopN job'): Promise<number[]> {
  return app.evaluate(
    ({ app }, wanted) =>
      app
        .getAppMetrics()
        .filter(({ serviceName, name }) => serviceName === wanted || name === wanted)
        .map(({ pid }) => pid),
    name,
  )
}

/** Takes the built-in sample and starts a run that outlasts the test. */
export async function trainForLong(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Take the built-in sample' }).first().click()
  await page.getByText('Profile of sample').waitFor()
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Train' }).click()
  for (const name of ['Popularity', 'Item k-NN']) await page.getByRole('checkbox', { name }).setChecked(false)
  await page.getByRole('checkbox', { name: 'iALS' }).setChecked(true)
  await page.getByRole('button', { name: /iALS: \d parameters/ }).click()
  await page.getByRole('textbox', { name: 'embedding_size' }).fill('1024')
  await page.getByRole('textbox', { name: 'epochs' }).fill('1000')
  await page.getByRole('button', { name: 'Train 1 model' }).click()
  await page
    .getByText(/epoch \d+ of 1,?000/)
    .first()
    .waitFor()
}
