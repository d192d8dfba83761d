// Before unit tests: the kernels, and the job process's entry as plain JavaScript, since Node cannot fork TypeScript.
import { join } from 'node:path'
import { build } from 'vite'
import { root } from './setup.mjs'
import './kernels.mjs'

export const jobFolder = join(root, 'out', 'test')

export async function setup() {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'main', 'job.ts'),
      outDir: jobFolder,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'job.js' } },
    },
  })
}
