import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join('bench', 'peers')
/** PyTorch is large, so that it has an environment of its own. */
export type PeerGroup = 'peers' | 'torch'

const requirementsOf = (group: PeerGroup) =>
  join(folder, group === 'torch' ? 'requirements-torch.txt' : 'requirements.txt')
const environmentFolder = (group: PeerGroup) => join('bench', group === 'torch' ? '.venv-torch' : '.venv')
const pythonOf = (group: PeerGroup) =>
  join(environmentFolder(group), process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')

/** What a script of this folder prints as its last line, JSON; a sentence where its libraries cannot be had. */
export function measurePeer<T = Record<string, number>>(
  script: string,
  words: string[],
  { threads = 1, group = 'peers' }: { threads?: number; group?: PeerGroup } = {},
): T | string {
  const missing = install(group)
  if (missing) return missing
  const { status, stdout, stderr } = spawnSync(pythonOf(group), [join(folder, script), ...words], {
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
export const peerVersions = (group: PeerGroup = 'peers') =>
  readFileSync(requirementsOf(group), 'utf8').trim().split('\n').join(', ')

const answers = new Map<PeerGroup, string | null>()

/** Makes the environment, or brings an older one up to date, once; answers why it could not. */
function install(group: PeerGroup): string | null {
  const known = answers.get(group)
  if (known !== undefined) return known
  const isThere = existsSync(pythonOf(group)) || succeeds('python3', ['-m', 'venv', environmentFolder(group)])
  const answer =
    isThere && installPackages(group)
      ? null
      : 'The peers are not compared: they need Python 3 with venv, and a package index that pip can reach.'
  answers.set(group, answer)
  return answer
}

/** All at once; where that fails one by one, so that a peer that cannot be had does not cost the others. */
function installPackages(group: PeerGroup): boolean {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
  const [python, requirements] = [pythonOf(group), requirementsOf(group)]
  if (succeeds(python, [...pip, '--requirement', requirements])) return true
  const lines = readFileSync(requirements, 'utf8').trim().split('\n')
  return lines.filter((line) => succeeds(python, [...pip, line])).length > 0
}

const succeeds = (command: string, args: string[]) =>
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
