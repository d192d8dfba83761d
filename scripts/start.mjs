// `npm start [-- FILE]`: installs and builds where needed, then opens the workbench: in its own window where Electron
// can be had and there is a display, in a browser otherwise.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, checkNode, install, root, run } from './setup.mjs'

checkNode()
const args = process.argv.slice(2).map((word) => (existsSync(word) ? resolve(word) : word))
install()
build()

const reason = whyNoWindow()
if (reason) serve(reason)
else openWindow()

/** Why Electron cannot be used here, as a clause; null where it can. */
function whyNoWindow() {
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'this machine has no display'
    if (process.getuid?.() === 0) return "Electron's sandbox does not run as root"
  }
  if (!electronBinary()) run('npx', ['--no', 'install-electron'], { stdio: 'ignore', timeout: 300_000 })
  return electronBinary() ? null : "Electron's binary could not be downloaded"
}

function electronBinary() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist')
  const pathFile = join(root, 'node_modules', 'electron', 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(folder, readFileSync(pathFile, 'utf8').trim())
  return existsSync(binary) ? binary : null
}

function openWindow() {
  const started = Date.now()
  const child = spawn(electronBinary(), [root, ...args], { cwd: root, stdio: 'inherit' })
  child.on('error', () => serve('Electron could not be started'))
  child.on('exit', (code) => {
    if (code !== 0 && Date.now() - started < 5000) serve('Electron ended at once')
    else process.exit(code ?? 1)
  })
}

function serve(because) {
  console.log(`TopN opens in a browser, for ${because}.`)
  const child = spawn(process.execPath, [join(root, 'out', 'main', 'cli.js'), 'serve', ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
}
