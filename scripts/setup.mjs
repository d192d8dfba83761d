// What `npm start` and `npm test` share: dependencies and build, each only where missing or stale. Node only: it runs
// before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const sources = ['main', 'preload', 'renderer', 'scripts', 'package.json', 'tsconfig.json', 'electron.vite.config.ts']

/** Runs a program with the terminal's own input and output and answers its exit code. */
export function run(command, args, options = {}) {
  const windows = process.platform === 'win32'
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: windows, ...options })
  return result.status ?? 1
}

function refuse(message) {
  console.error(message)
  process.exit(1)
}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    refuse(`TopN needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and try again.`)
  }
}

/** Installs the dependencies from the lock file where they are missing or the lock file has changed. */
export function install() {
  const stamp = join(root, 'node_modules', '.topn-installed')
  const wanted = digest(['package.json', 'package-lock.json'], process.version)
  if (read(stamp) === wanted) return
  console.log('Installing the dependencies from package-lock.json ...')
  if (run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']) !== 0) {
    refuse('The dependencies could not be installed. Check that the npm registry can be reached, then try again.')
  }
  writeFileSync(stamp, wanted)
}

/** Builds the kernels and the three bundles where a source has changed since the last build. */
export function build() {
  const stamp = join(root, 'out', '.built')
  const wanted = digest(sources, process.version)
  if (read(stamp) === wanted) return
  console.log('Building TopN ...')
  if (run('npm', ['run', '--silent', 'build', '--', '--logLevel=warn']) !== 0) {
    refuse('The build failed; the messages above say where.')
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

function digest(paths, salt) {
  const hash = createHash('sha256').update(salt)
  for (const path of paths.flatMap(filesBelow))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

function filesBelow(path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  try {
    return readdirSync(full, { withFileTypes: true })
      .filter((entry) => entry.name !== 'generated')
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => filesBelow(join(path, entry.name)))
  } catch {
    return [path]
  }
}
