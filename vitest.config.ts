import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{main,preload,renderer,scripts}/**/*.test.{ts,tsx}'],
    globalSetup: 'scripts/vitest-setup.mjs',
    // Tests leave the user's own settings alone.
    env: { XDG_CONFIG_HOME: join(tmpdir(), 'topn-test-config') },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Left alone, one core is kept free, which on two is half of them.
    maxWorkers: availableParallelism(),
  },
})
