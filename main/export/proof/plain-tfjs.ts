import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type PlainAttributes, plainOperators } from './plain-operators'
import { type PlainTensor, sizeOf } from './plain-tensors'

interface Node {
  name: string
  op: string
  input?: string[]
  attr?: PlainAttributes
}

interface ModelFile {
  modelTopology: { node: Node[] }
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: keyof typeof readers }[] }[]
}

export interface PlainGraph {
  readonly inputs: readonly string[]
  /** Answers the value of each name. */
  run(given: Readonly<Record<string, PlainTensor>>): (name: string) => PlainTensor
}

const readers = {
  float32: { bytes: 4, read: (from: Buffer, at: number) => from.readFloatLE(at) },
  int32: { bytes: 4, read: (from: Buffer, at: number) => from.readInt32LE(at) },
  bool: { bytes: 1, read: (from: Buffer, at: number) => from.readUInt8(at) },
}

/** Runs a graph model of TensorFlow.js in plain loops and double precision, after the format's text. */
export async function openPlainTfjs(path: string): Promise<PlainGraph> {
  const { modelTopology, weightsManifest }: ModelFile = JSON.parse(await readFile(path, 'utf8'))
  const constants = new Map<string, PlainTensor>()
  for (const { paths, weights } of weightsManifest) {
    const bytes = Buffer.concat(await Promise.all(paths.map((name) => readFile(join(dirname(path), name)))))
    let at = 0
    for (const { name, shape, dtype } of weights) {
      const { bytes: width, read } = readers[dtype]
      const data = Float64Array.from({ length: sizeOf(shape) }, (_, index) => read(bytes, at + width * index))
      at += width * data.length
      constants.set(name, { shape, data })
    }
  }
  const inputs = modelTopology.node.filter(({ op }) => op === 'Placeholder').map(({ name }) => name)
  return { inputs, run: (given) => runNodes(modelTopology.node, constants, given) }
}

/** Nodes come after those that they read. */
function runNodes(
  nodes: readonly Node[],
  constants: ReadonlyMap<string, PlainTensor>,
  given: Readonly<Record<string, PlainTensor>>,
): (name: string) => PlainTensor {
  const values = new Map([...constants, ...Object.entries(given)])
  const read = (name: string) => {
    const value = values.get(name)
    if (!value) throw new Error(`the graph has no value ${name}`)
    return value
  }
  for (const { name, op, input = [], attr = {} } of nodes) {
    if (op === 'Const' || op === 'Placeholder') continue
    if (!Object.hasOwn(plainOperators, op)) throw new Error(`the operator ${op} is not known`)
    const made = plainOperators[op](input.map(read), attr)
    const outputs = Array.isArray(made) ? made : [made]
    for (const [at, value] of outputs.entries()) values.set(at === 0 ? name : `${name}:${at}`, value)
  }
  return read
}
