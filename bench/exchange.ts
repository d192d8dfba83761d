import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Interactions } from '../main/models/model'
import type { BenchData } from './data'

// Data as files, which TopN's process and those of the peers read alike.

/** Length of the lists. */
export const length = 20

export function writeExchange(folder: string, { train, held }: BenchData, threads: number): void {
  mkdirSync(folder, { recursive: true })
  const sizes = { users: train.users, items: train.items, threads, length }
  writeFileSync(join(folder, 'data.json'), JSON.stringify(sizes))
  for (const [name, part] of Object.entries({ train, held })) {
    writeFileSync(join(folder, `${name}.offsets`), part.offsets)
    writeFileSync(join(folder, `${name}.items`), part.itemIndices)
    writeFileSync(join(folder, `${name}.values`), part.values)
  }
}

export function readExchange(folder: string): BenchData & { threads: number } {
  const { users, items, threads } = JSON.parse(readFileSync(join(folder, 'data.json'), 'utf8'))
  const read = (name: string): Interactions => {
    const [offsets, itemIndices] = ['offsets', 'items'].map((part) => words(join(folder, `${name}.${part}`)))
    const values = floats(words(join(folder, `${name}.values`)))
    return { users, items, offsets, itemIndices, values, timestamps: null }
  }
  return { train: read('train'), held: read('held'), threads }
}

export function words(path: string): Uint32Array {
  const bytes = readFileSync(path)
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

export const floats = ({ buffer, byteOffset, length }: Uint32Array) => new Float32Array(buffer, byteOffset, length)
