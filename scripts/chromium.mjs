import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './setup.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe', 'msedge.exe']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The path of a Chromium: the system's, Debian's package (installed where this runs as root), or Playwright's own. */
export function findChromium() {
  return process.env.TOPN_CHROMIUM ?? installed() ?? fromDebian() ?? fromPlaywright()
}

function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places]
  return candidates.find(isExecutable) ?? null
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function fromDebian() {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return null
  console.log("Installing Debian's chromium for the end-to-end tests ...")
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], { env })
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], { env })
  return installed()
}

function fromPlaywright() {
  if (run('npx', ['--no', 'playwright', 'install', 'chromium']) !== 0) return null
  const script = "import('playwright').then((p) => console.log(p.chromium.executablePath()))"
  const path = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout.trim()
  return existsSync(path) ? path : null
}
