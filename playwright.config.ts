import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  // They run in Electron: playwright.desktop.config.ts.
  testIgnore: 'desktop/**',
  timeout: 150_000,
  // What takes long, or shows the same work another way: TOPN_LONG=1 runs it too.
  ...(!process.env.TOPN_LONG && { grepInvert: /@long/ }),
  expect: { timeout: 15_000 },
  // Of two tests at once one mostly waits for its page while the other one's server works.
  fullyParallel: true,
  workers: Math.min(2, availableParallelism()),
  forbidOnly: true,
  retries: 0,
  reporter: [['list'], ...(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? ([['json']] as ['json'][]) : [])],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(process.env.TOPN_CHROMIUM && { executablePath: process.env.TOPN_CHROMIUM }),
      // Chromium's own sandbox does not run as root; the remaining switches keep it from calling home.
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
        // Drawing in software through a process for a graphics card that is not there takes a fifth of the time.
        '--disable-gpu',
      ],
    },
    // Turning marks are most of what a page that waits draws.
    contextOptions: { reducedMotion: 'reduce' },
    // Pictures and snapshots of every step cost as much as the tests; `--trace on` has them, error-context.md the last.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: true },
  },
})
