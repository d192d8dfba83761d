import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{main,preload,renderer,scripts}/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
  },
})
