import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join('bench', 'peers')
const requirements = join(folder, 'requirements.txt')
const environment = join('bench', '.venv')
const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')

/** What a script of this folder prints as its last line, JSON; a sentence where its libraries cannot be had. */
export function measurePeer<T = Record<string, number>>(
  script: string,
  words: string[],
  { threads = 1 }: { threads?: number } = {},
): T | string {
  const missing = install()
  if (missing) return missing
  const { status, stdout, stderr } = spawnSync(python, [join(folder, script), ...words], {
    encoding: 'utf8',
    env: environmentOf(threads),
    maxBuffer: 2 ** 26,
  })
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  return `${script} failed: ${stderr.trim().split('\n').at(-1)}`
}

/** With so many threads of linear algebra, and whatever kernels the library itself holds best. */
function environmentOf(threads: number): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _cache, ...rest } = process.env
  return { ...rest, OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads) }
}

/** The libraries with their versions. */
export const peerVersions = () => readFileSync(requirements, 'utf8').trim().split('\n').join(', ')

let answer: string | null | undefined

/** Makes the environment, or brings an older one up to date, once; answers why it could not. */
function install(): string | null {
  answer ??=
    (existsSync(python) || succeeds('python3', ['-m', 'venv', environment])) && installPackages() ? null : undefined
  return answer === undefined
    ? 'The peers are not compared: they need Python 3 with venv, and a package index that pip can reach.'
    : answer
}

/** All at once; where that fails one by one, so that a peer that cannot be had does not cost the others. */
function installPackages(): boolean {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
  if (succeeds(python, [...pip, '--requirement', requirements])) return true
  const lines = readFileSync(requirements, 'utf8').trim().split('\n')
  return lines.filter((line) => succeeds(python, [...pip, line])).length > 0
}

const succeeds = (command: string, args: string[]) =>
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
