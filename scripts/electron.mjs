import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './setup.mjs'

const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/** The path of Electron's binary, downloaded where it is missing; null where it cannot be had. */
export function findElectron() {
  const found = electronBinary()
  if (found) return found
  run('npx', ['--no', 'install-electron'], { stdio: 'ignore', timeout: 300_000 })
  return electronBinary()
}

function electronBinary() {
  const installed = join(root, 'node_modules', 'electron')
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(installed, 'dist')
  const pathFile = join(installed, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : (names[process.platform] ?? 'electron')
  const binary = join(folder, name)
  return existsSync(binary) ? binary : null
}
