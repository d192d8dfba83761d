// `npm start [-- FILE]`: installs and builds where needed, then opens the workbench: in its own window where Electron
// can be had and there is a display, in a browser otherwise.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findElectron } from './electron.mjs'
import { build, checkNode, install, root } from './setup.mjs'

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
  return findElectron() ? null : "Electron's binary could not be downloaded"
}

function openWindow() {
  const started = Date.now()
  const child = spawn(findElectron(), [root, ...args], { cwd: root, stdio: 'inherit' })
  child.on('error', () => serve('Electron could not be started'))
  child.on('exit', (code) => {
    if (code !== 0 && Date.now() - started < 5000) serve('Electron ended at once')
    else process.exit(code ?? 1)
  })
}

function serve(because) {
  console.log(`TopN opens in a browser, for ${because}.`)
  const child = spawn(process.execPath, [join(root, 'out', 'main', 'cli.js'), 'serve', ...args], { stdio: 'inherit' })
  // A terminal sends Ctrl+C to the server too; anything else is passed on.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'))
  child.on('exit', (code) => process.exit(code ?? 1))
}
