import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const chromium = '/usr/lib/chromium'

/** What makes Dawn find the graphics card that Debian's Chromium imitates; null where it is not installed. */
export function softwareCard(): Record<string, string> | null {
  const driver = join(chromium, 'vk_swiftshader_icd.json')
  if (!existsSync(driver)) return null
  return { VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: chromium, XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? '/tmp' }
}

/** What makes WebGPU in plain Node lose its card once so many times commands were submitted to it. */
export function losingCard(submissions: number): Record<string, string> {
  const loaded = pathToFileURL(join(import.meta.dirname, 'lost-card.mjs'))
  return { NODE_OPTIONS: `--import ${loaded}`, TOPN_LOST_AFTER: String(submissions) }
}

/** Puts the recorded interface of tfjs-node below a folder, as `npm run install:cuda` would the real one. */
export function installRecordedPackage(folder: string, name: string): void {
  const target = join(folder, 'topn', 'native', 'node_modules', name)
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, 'package.json'), JSON.stringify({ name, version: '4.22.0', main: 'index.js' }))
  const recorded = join(import.meta.dirname, 'native-package.cjs')
  writeFileSync(join(target, 'index.js'), `module.exports = require(${JSON.stringify(recorded)})\n`)
}
