import { defineConfig } from '@playwright/test'

/** The window in the real Electron; `npm run test:desktop` gives its binary and a display. */
export default defineConfig({
  testDir: 'e2e/desktop',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // One program holds the lock of a single instance.
  workers: 1,
  forbidOnly: true,
  retries: 0,
  reporter: 'list',
  use: { trace: 'retain-on-failure' },
})
