// Before unit tests: the kernels, and the entries that tests start as processes, since Node cannot fork TypeScript.
import { join } from 'node:path'
import { build } from 'vite'
import { root } from './setup.mjs'
import './kernels.mjs'
import './tensorflow.mjs'

export async function setup() {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: join(root, 'out', 'test'),
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(['cli', 'job'].map((name) => [name, join(root, 'main', `${name}.ts`)])),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
}
