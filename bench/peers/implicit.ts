import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BinaryRows } from '../../main/models/sparse'

const folder = join('bench', 'peers')
const environment = join('bench', '.venv')
const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')

export interface PeerWork {
  threads: number
  epochs: number
  neighbors: number
  length: number
  sizes: readonly number[]
}

/** Seconds of the same work in implicit, by the names that the bench uses; a sentence where it cannot be had. */
export function measureImplicit(matrix: BinaryRows, work: PeerWork): Record<string, number> | string {
  const missing = install()
  if (missing) return missing
  const exchange = mkdtempSync(join(tmpdir(), 'topn-bench-'))
  try {
    writeFileSync(join(exchange, 'offsets.u32'), matrix.offsets)
    writeFileSync(join(exchange, 'items.u32'), matrix.indices)
    const { threads, epochs, neighbors, length, sizes } = work
    const numbers = [matrix.rows, matrix.columns, threads, epochs, neighbors, length, ...sizes]
    const { status, stdout, stderr } = spawnSync(
      python,
      [join(folder, 'measure_implicit.py'), exchange, ...numbers.map(String)],
      { encoding: 'utf8', env: { ...process.env, OPENBLAS_NUM_THREADS: '1' } },
    )
    return status === 0 ? JSON.parse(stdout) : `implicit failed: ${stderr.trim().split('\n').at(-1)}`
  } finally {
    rmSync(exchange, { recursive: true })
  }
}

/** Makes the environment once; answers why it could not. */
function install(): string | null {
  if (existsSync(python)) return null
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', environment]],
    [python, ['-m', 'pip', 'install', '--quiet', '--requirement', join(folder, 'requirements.txt')]],
  ]
  for (const [command, args] of steps) {
    if (spawnSync(command, args, { stdio: 'inherit' }).status === 0) continue
    rmSync(environment, { recursive: true, force: true })
    return 'implicit is not compared: it needs Python 3 with venv, and a package index that pip can reach.'
  }
  return null
}
