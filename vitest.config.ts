import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const ending = '**/*.test.{ts,tsx}'

/**
 * Folders whose modules keep no state, so that their files can be run in one process: loading everything anew for each
 * file takes a fifth of their time.
 */
const stateless = ['contract', 'data', 'evaluation', 'explanation', 'export', 'files', 'import', 'link', 'models']
  .concat(['projection', 'reranking', 'store', 'tuning'])
  .map((folder) => `main/${folder}/${ending}`)

/** Tests that put something in the place of a module, which they may not share with others for that. */
const replacing = ['main/export/formats/graph-limit.test.ts', 'main/models/neural/lightgcn.test.ts']

export default defineConfig({
  test: {
    globalSetup: 'scripts/vitest-setup.mjs',
    // Left alone, one core is kept free, which on two is half of them.
    maxWorkers: availableParallelism(),
    projects: [
      { extends: true, test: { name: 'stateless', include: stateless, exclude: replacing, isolate: false } },
      { extends: true, test: { name: 'replacing', include: replacing } },
      {
        extends: true,
        test: { name: 'isolated', include: [`{main,preload,renderer,scripts}/${ending}`], exclude: stateless },
      },
    ],
    // Tests leave the user's own settings alone.
    env: { XDG_CONFIG_HOME: join(tmpdir(), 'topn-test-config') },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
