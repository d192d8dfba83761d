import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { basename, delimiter, dirname, isAbsolute, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { textOf } from '../../contract/errors'
import { deviceFailed } from './device-failed'
import type { Tensorflow, Tf } from './tensorflow'

// TensorFlow's own library, by @tensorflow/tfjs-node. It is no part of the program: its parts for CUDA are large, and fetched
// when it is installed. Found at run time, and loaded in job processes alone, since it can take a process down with it.

export type NativeId = 'cuda' | 'native-cpu'

const packages = { cuda: '@tensorflow/tfjs-node-gpu', 'native-cpu': '@tensorflow/tfjs-node' }

/** Where `npm run install:cuda` puts it: `~/.local/share/topn/native`, or where the XDG specification says. */
export function nativeFolder(): string {
  const { XDG_DATA_HOME: given = '' } = process.env
  return join(isAbsolute(given) ? given : join(homedir(), '.local', 'share'), 'topn', 'native')
}

/** The program's own folder, from its bundle in `out/main` or from this file. */
function programFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return basename(here) === 'tensorflow' ? join(here, '..', '..', '..') : join(here, '..', '..')
}

/**
 * The package's main file, from that folder or from beside the program; null where it is not installed. Nowhere else: the
 * folders above, where Node would look too, may be anyone's.
 */
export function findNative(id: NativeId): string | null {
  for (const folder of [nativeFolder(), programFolder()]) {
    try {
      const modules = realpathSync(join(folder, 'node_modules'))
      const path = realpathSync(createRequire(import.meta.url).resolve(join(modules, packages[id])))
      if (path.startsWith(modules + sep)) return path
    } catch {
      // The next one may have it.
    }
  }
  return null
}

/** What of tfjs-node's backend tells what computes. */
interface NativeBackend {
  readonly isUsingGpuDevice: boolean
}

export async function openNative(id: NativeId): Promise<Tensorflow> {
  const path = findNative(id)
  if (path === null) throw deviceFailed(id, 'missing', missingReason(id))
  restoreUtilities()
  // Sums of rows by their numbers would come out otherwise each time. It is looked at when the library is loaded.
  process.env.TF_DETERMINISTIC_OPS ??= '1'
  let tf: Tf
  try {
    tf = createRequire(path)(path) as Tf
    await tf.setBackend('tensorflow')
  } catch (error) {
    throw deviceFailed(id, 'missing', `${packages[id]} does not load. ${textOf(error)}`, { cause: error })
  }
  const { isUsingGpuDevice } = tf.backend() as unknown as NativeBackend
  if (id === 'cuda' && !isUsingGpuDevice) {
    throw deviceFailed(id, 'missing', 'TensorFlow found no card that it can use; it needs CUDA 11 and cuDNN 8.')
  }
  const name = id === 'cuda' ? (nvidiaCard() ?? 'NVIDIA card') : 'processor'
  const explain = (error: unknown) => explainNative(id, error)
  return { tf, backend: tf.getBackend(), device: id, name, isSoftware: false, verify() {}, explain }
}

/** TensorFlow says by its text alone that memory is used up. */
function explainNative(id: NativeId, error: unknown): unknown {
  if (!/OOM|TF_Status: 8\b|RESOURCE_EXHAUSTED|bad_alloc|[Oo]ut of memory/.test(textOf(error))) return error
  return deviceFailed(id, 'memory', 'TensorFlow could not allocate what it needed.', { cause: error })
}

function missingReason(id: NativeId): string {
  if (id === 'native-cpu') return `${packages[id]} is not installed.`
  const card = nvidiaCard()
  return card === null
    ? 'This machine has no NVIDIA card.'
    : `This machine has an NVIDIA card, ${card}, but not what computes on it; run "npm run install:cuda".`
}

/** What util had before Node 23 and tfjs-node 4.22 still calls. */
function restoreUtilities(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined
  util.isUndefined ??= (value: unknown) => value === undefined
  util.isArray ??= Array.isArray
  for (const type of ['string', 'number', 'boolean', 'function']) {
    util[`is${type.charAt(0).toUpperCase()}${type.slice(1)}`] ??= (value: unknown) => typeof value === type
  }
}

/** The name of the NVIDIA card, without asking its driver; null where there is none. */
export function nvidiaCard(driver = '/proc/driver/nvidia'): string | null {
  try {
    const [first] = readdirSync(join(driver, 'gpus'))
    const information = readFileSync(join(driver, 'gpus', first, 'information'), 'utf8')
    return information.match(/^Model:\s*(.+)$/m)?.[1].trim() ?? 'NVIDIA'
  } catch {
    const tools = ['nvidia-smi', 'nvidia-smi.exe']
    const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
    return folders.some((folder) => tools.some((tool) => existsSync(join(folder, tool)))) ? 'NVIDIA' : null
  }
}
