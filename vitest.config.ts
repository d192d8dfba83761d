import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{main,preload,renderer,scripts}/**/*.test.{ts,tsx}'],
    globalSetup: 'scripts/vitest-setup.mjs',
    testTimeout: 60_000,
  },
})
