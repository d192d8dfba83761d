import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const folder = join('bench', 'peers')
const requirements = join(folder, 'requirements.txt')
const environment = join('bench', '.venv')
const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')

/** What a script of this folder measures, by name; a sentence where its libraries cannot be had. */
export function measurePeer(script: string, words: string[]): Record<string, number> | string {
  const missing = install()
  if (missing) return missing
  const { status, stdout, stderr } = spawnSync(python, [join(folder, script), ...words], {
    encoding: 'utf8',
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
  })
  return status === 0 ? JSON.parse(stdout) : `${script} failed: ${stderr.trim().split('\n').at(-1)}`
}

/** Makes the environment, or brings an older one up to date; answers why it could not. */
function install(): string | null {
  const steps: [string, string[]][] = [
    ...(existsSync(python) ? [] : ([['python3', ['-m', 'venv', environment]]] as [string, string[]][])),
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]],
  ]
  for (const [command, args] of steps) {
    if (spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0) continue
    rmSync(environment, { recursive: true, force: true })
    return 'The peers are not compared: they need Python 3 with venv, and a package index that pip can reach.'
  }
  return null
}
