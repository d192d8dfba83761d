// `npm run install:cuda`: installs what trains networks on an NVIDIA card into a folder of the user's, beside no program's
// own packages, and says what of CUDA is missing. Its package fetches TensorFlow's library while it is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import { checkNode } from './setup.mjs'

checkNode()
const name = '@tensorflow/tfjs-node-gpu'
const version = '4.22.0'
// The same folder as in main/compute/tensorflow/native.ts.
const { XDG_DATA_HOME: given = '' } = process.env
const folder = join(isAbsolute(given) ? given : join(homedir(), '.local', 'share'), 'topn', 'native')

if (!['linux', 'win32'].includes(process.platform) || process.arch !== 'x64') {
  fail('CUDA is there for Linux and Windows on x64 processors alone. Networks train on WebGPU or the CPU here.')
}
if (!hasCard()) {
  fail(
    'No NVIDIA card was found: neither nvidia-smi nor /proc/driver/nvidia is there. Install the driver of the card first.',
  )
}
const missing = missingLibraries()
if (missing.length > 0) {
  console.log(`Not found: ${missing.join(', ')}.`)
  console.log('Install CUDA 11 and cuDNN 8 from NVIDIA, and name their folders in LD_LIBRARY_PATH (Windows: PATH).')
  console.log('Without them TensorFlow computes on the processor, and TopN does not offer the card.\n')
}

console.log(`Installing ${name} ${version} into ${folder} ...`)
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ private: true }, null, 2)}\n`)
const words = ['install', '--no-audit', '--no-fund', '--save-exact', `${name}@${version}`]
const { status } = spawnSync('npm', words, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' })
if (status !== 0) {
  fail(
    'It could not be installed. The package fetches libtensorflow from storage.googleapis.com while it is installed; a\n' +
      'network that does not reach it cannot have it. Networks train on WebGPU or the CPU all the same.',
  )
}
console.log('\nDone. "topn devices" tries it and says what computes.')

function hasCard() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const tool = process.platform === 'win32' ? 'nvidia-smi.exe' : 'nvidia-smi'
  return existsSync('/proc/driver/nvidia') || folders.some((each) => each !== '' && existsSync(join(each, tool)))
}

/** Names of the libraries that TensorFlow 2.9 loads and that lie in none of the usual folders. */
function missingLibraries() {
  const isWindows = process.platform === 'win32'
  const wanted = isWindows
    ? [/^cudart64_11/, /^cublas64_11/, /^cudnn64_8/]
    : [/^libcudart\.so\.11/, /^libcublas\.so\.11/, /^libcudnn\.so\.8/]
  const given = (process.env[isWindows ? 'PATH' : 'LD_LIBRARY_PATH'] ?? '').split(delimiter)
  const usual = [
    '/usr/local/cuda/lib64',
    '/usr/local/cuda-11/lib64',
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib64',
    '/usr/lib',
  ]
  const files = [...given, ...(isWindows ? [] : usual)].flatMap((each) => {
    try {
      return each === '' ? [] : readdirSync(each)
    } catch {
      return []
    }
  })
  const names = isWindows
    ? ['cudart64_11', 'cublas64_11', 'cudnn64_8']
    : ['libcudart.so.11', 'libcublas.so.11', 'libcudnn.so.8']
  return names.filter((_, at) => !files.some((file) => wanted[at].test(file)))
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
