import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Numbers with their sizes, row-major. */
export interface PlainTensor {
  shape: readonly number[]
  data: Float64Array
}

interface Node {
  name: string
  op: string
  input?: string[]
  attr?: Record<string, { b?: boolean }>
}

interface ModelFile {
  modelTopology: { node: Node[] }
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: 'float32' | 'int32' }[] }[]
}

/** Runs a graph model of TensorFlow.js in plain loops and double precision, after the format's text. */
export async function openPlainTfjs(path: string) {
  const { modelTopology, weightsManifest }: ModelFile = JSON.parse(await readFile(path, 'utf8'))
  const constants = new Map<string, PlainTensor>()
  for (const { paths, weights } of weightsManifest) {
    const bytes = Buffer.concat(await Promise.all(paths.map((name) => readFile(join(dirname(path), name)))))
    let at = 0
    for (const { name, shape, dtype } of weights) {
      const data = Float64Array.from({ length: sizeOf(shape) }, (_, index) =>
        dtype === 'int32' ? bytes.readInt32LE(at + 4 * index) : bytes.readFloatLE(at + 4 * index),
      )
      at += 4 * data.length
      constants.set(name, { shape, data })
    }
  }
  const inputs = modelTopology.node.filter(({ op }) => op === 'Placeholder').map(({ name }) => name)
  return { inputs, run: (given: Record<string, PlainTensor>) => runNodes(modelTopology.node, constants, given) }
}

/** Nodes come after those that they read. */
function runNodes(
  nodes: readonly Node[],
  constants: ReadonlyMap<string, PlainTensor>,
  given: Record<string, PlainTensor>,
): (name: string) => PlainTensor {
  const values = new Map([...constants, ...Object.entries(given)])
  const read = (name: string) => {
    const value = values.get(name)
    if (!value) throw new Error(`the graph has no value ${name}`)
    return value
  }
  for (const { name, op, input = [], attr = {} } of nodes) {
    if (op === 'Const' || op === 'Placeholder') continue
    if (!Object.hasOwn(operators, op)) throw new Error(`the operator ${op} is not known`)
    values.set(name, operators[op](input.map(read), attr))
  }
  return read
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1)

type Operator = (inputs: PlainTensor[], attributes: NonNullable<Node['attr']>) => PlainTensor

const each =
  (change: (value: number) => number): Operator =>
  ([{ shape, data }]) => ({ shape, data: data.map(change) })

const operators: Record<string, Operator> = {
  Identity: ([value]) => value,
  Relu: each((value) => Math.max(0, value)),
  Tanh: each(Math.tanh),
  Sqrt: each(Math.sqrt),
  Log: each(Math.log),
  AddV2: beside((a, b) => a + b),
  RealDiv: beside((a, b) => a / b),
  Maximum: beside(Math.max),
  Minimum: beside(Math.min),
  GatherV2([table, rows]) {
    const width = sizeOf(table.shape.slice(1))
    const parts = Array.from(rows.data, (row) => table.data.subarray(row * width, (row + 1) * width))
    const data = new Float64Array(parts.length * width)
    for (const [at, part] of parts.entries()) data.set(part, at * width)
    return { shape: [...rows.shape, ...table.shape.slice(1)], data }
  },
  ExpandDims: ([{ shape, data }, axis]) => ({ shape: shape.toSpliced(axis.data[0], 0, 1), data }),
  Reshape([{ data }, sizes]) {
    const known = sizes.data.reduce((product, size) => (size < 0 ? product : product * size), 1)
    return { shape: Array.from(sizes.data, (size) => (size < 0 ? data.length / known : size)), data }
  },
  /** Along the last axis, which is kept. */
  Sum([{ shape, data }]) {
    const width = shape[shape.length - 1]
    const sums = new Float64Array(data.length / width)
    data.forEach((value, at) => {
      sums[Math.floor(at / width)] += value
    })
    return { shape: [...shape.slice(0, -1), 1], data: sums }
  },
  MatMul([left, right], { transpose_b }) {
    const [rows, inner] = left.shape
    const columns = transpose_b?.b ? right.shape[0] : right.shape[1]
    const data = new Float64Array(rows * columns)
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0
        for (let at = 0; at < inner; at++) {
          const place = transpose_b?.b ? column * inner + at : at * columns + column
          sum += left.data[row * inner + at] * right.data[place]
        }
        data[row * columns + column] = sum
      }
    }
    return { shape: [rows, columns], data }
  },
}

/** Number by number; sizes of 1, and those that one side lacks in front, are repeated. */
function beside(combine: (left: number, right: number) => number): Operator {
  return ([left, right]) => {
    const axes = Math.max(left.shape.length, right.shape.length)
    const [a, b] = [left, right].map(({ shape }) => [...Array(axes - shape.length).fill(1), ...shape])
    const shape = a.map((size, axis) => (size === 1 ? b[axis] : size))
    const [fromLeft, fromRight] = [stridesOf(a), stridesOf(b)]
    const data = Float64Array.from({ length: sizeOf(shape) }, (_, at) => {
      let [rest, inLeft, inRight] = [at, 0, 0]
      for (let axis = axes - 1; axis >= 0; axis--) {
        const place = rest % shape[axis]
        rest = Math.floor(rest / shape[axis])
        inLeft += place * fromLeft[axis]
        inRight += place * fromRight[axis]
      }
      return combine(left.data[inLeft], right.data[inRight])
    })
    return { shape, data }
  }
}

/** How far the next number along an axis is; 0 where an axis is repeated. */
function stridesOf(shape: readonly number[]): number[] {
  return shape.map((size, axis) => (size === 1 ? 0 : sizeOf(shape.slice(axis + 1))))
}
