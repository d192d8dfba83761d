import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { chromium } from 'playwright'
import { build } from 'vite'
import { findChromium } from '../scripts/chromium.mjs'
import type { Frames } from './map-frames-page'
import { machine } from './table'

// How the map's points move in Chromium, in software: npm run bench -- map-frames

const counts = [10_000, 100_000, 1_000_000]
const software = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader']
const ways = [
  { name: 'WebGL 2 in software', kind: 'webgl' },
  { name: 'canvas', kind: 'canvas' },
] as const

async function pageCode(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { input: resolve('bench', 'map-frames-page.ts'), output: { format: 'iife' } },
    },
  })
  const [bundle] = Array.isArray(output) ? output : [output]
  if (!('output' in bundle)) throw new Error('nothing was built')
  return bundle.output[0].code
}

const code = await pageCode()
const median = (values: number[]) => values[values.length >> 1]
const high = (values: number[]) => values[Math.floor(values.length * 0.95)]
const frames = (values: number[]) => `${(1000 / median(values)).toFixed(0)} (${high(values).toFixed(0)} ms)`

console.log(machine(availableParallelism()))
console.log(
  '| points | drawn by | frames a second, panning (95 %) | zooming (95 %) | points of a frame | all drawn, ms | lasso, ms | grid, ms |',
)
console.log('|---|---|---|---|---|---|---|---|')
for (const { name, kind } of ways) {
  const executablePath = findChromium()
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...software],
  })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.addScriptTag({ content: code })
  for (const count of counts) {
    const found = await page.evaluate(
      ([count, kind]): Promise<Frames> => Reflect.get(globalThis, 'measure')(count, kind),
      [count, kind] as const,
    )
    const times = [found.allDrawn, found.lasso, found.grid].map((value) => value.toFixed(0))
    console.log(
      `| ${count.toLocaleString('en')} | ${name} | ${frames(found.panning)} | ${frames(found.zooming)} | ${found.drawn.toLocaleString('en')} | ${times.join(' | ')} |`,
    )
  }
  await browser.close()
}
