// `npm run bench [-- NAME]`: builds bench/NAME.ts (bench/bench.ts by default) and runs it in a process of its own.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build as bundle } from 'vite'
import { checkNode, root, run } from './setup.mjs'
import './kernels.mjs'
import './tensorflow.mjs'

checkNode()
const [name = 'bench', ...args] = process.argv.slice(2)
mkdirSync(join(root, 'out'), { recursive: true })
const out = mkdtempSync(join(root, 'out', 'bench-'))
try {
  await bundle({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'bench', `${name}.ts`),
      outDir: out,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'bench.js' } },
    },
  })
  process.exitCode = run(process.execPath, [join(out, 'bench.js'), ...args])
} finally {
  rmSync(out, { recursive: true, force: true })
}
