// `npm run test:desktop`: the specs of the window, in the real Electron. They need its binary, and on Linux a display:
// where there is none, Xvfb.
import { spawn, spawnSync } from 'node:child_process'
import { findElectron } from './electron.mjs'
import { build, checkNode, install, root } from './setup.mjs'

checkNode()
install()
build()

const electron = findElectron()
if (!electron) refuse("The desktop tests need Electron's binary, which is missing and could not be downloaded.")
const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
const display = needsDisplay ? await startDisplay() : null

const { status } = spawnSync(
  'npx',
  ['--no', 'playwright', 'test', '--config', 'playwright.desktop.config.ts', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, TOPN_ELECTRON: electron, ...(display && { DISPLAY: display.name }) },
  },
)
display?.server.kill()
process.exitCode = status ?? 1

/** Xvfb chooses a free number and writes it to the fourth stream once it is ready. */
function startDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  return new Promise((resolve) => {
    const end = () => refuse('The desktop tests need a display: install Xvfb (Debian: apt-get install xvfb).')
    server.once('error', end)
    server.once('exit', end)
    server.stdio[3].once('data', (number) => {
      server.off('exit', end)
      resolve({ server, name: `:${String(number).trim()}` })
    })
  })
}

function refuse(message) {
  console.error(message)
  process.exit(1)
}
