import { open, readFile } from 'node:fs/promises'
import { badFile } from '../data/bad-file'
import { checkFile } from '../data/sniff'
import { type NpyArray, parseNpy } from '../files/read-npy'
import { openZip } from '../files/read-zip'
import { readSafetensors } from '../files/safetensors'

/** Arrays by name; a `.npy` has one without a name. */
export interface ArrayFile {
  names: readonly string[]
  numbers(name: string): Promise<NpyArray & { values: Float32Array }>
  texts(name: string): Promise<readonly string[]>
  close(): Promise<void>
}

const largestNpy = 2 ** 31 - 1

/** Opens `.npz`, `.npy` or safetensors by its bytes, whatever it is named. */
export async function openArrays(path: string): Promise<ArrayFile> {
  const size = await checkFile(path)
  const start = await firstBytes(path)
  if (start.startsWith('PK')) return npzFile(path)
  if (start.startsWith('\x93NUMPY')) {
    if (size > largestNpy) throw badFile(path, 'is larger than 2 GiB. Save it as safetensors.')
    return npyFile(path)
  }
  if (start.startsWith('\x80')) {
    throw badFile(path, 'is a pickle, which would run code when it is opened. Save the arrays as .npz or safetensors.')
  }
  return safetensorsFile(path)
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer } = await file.read(Buffer.alloc(6), 0, 6, 0)
    return buffer.toString('latin1')
  } finally {
    await file.close()
  }
}

async function npzFile(path: string): Promise<ArrayFile> {
  const zip = await openZip(path)
  const whose = (name: string) => `${name} in ${path}`
  return {
    names: zip.names.filter((name) => name.endsWith('.npy')).map((name) => name.slice(0, -4)),
    numbers: async (name) => numbersOf(parseNpy(await zip.read(`${name}.npy`), whose(name), 'numbers')),
    texts: async (name) => textsOf(parseNpy(await zip.read(`${name}.npy`), whose(name), 'texts')),
    close: zip.close,
  }
}

async function npyFile(path: string): Promise<ArrayFile> {
  const bytes = await readFile(path)
  return {
    names: [''],
    numbers: async () => numbersOf(parseNpy(bytes, path, 'numbers')),
    texts: async () => textsOf(parseNpy(bytes, path, 'texts')),
    async close() {},
  }
}

async function safetensorsFile(path: string): Promise<ArrayFile> {
  const tensors = await readSafetensors(path)
  return {
    names: Object.keys(tensors),
    async numbers(name) {
      const { shape, data } = tensors[name]
      return { shape, values: data instanceof Float32Array ? data : Float32Array.from(data) }
    },
    async texts(name) {
      return Array.from(tensors[name].data, String)
    },
    async close() {},
  }
}

const numbersOf = ({ shape, values }: NpyArray) => ({ shape, values: values as Float32Array })
const textsOf = ({ values }: NpyArray) => values as readonly string[]
