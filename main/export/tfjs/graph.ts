import {
  type Constant,
  type Description,
  type Dimension,
  type GraphWriter,
  graphOn,
  type NumberType,
} from '../graphs/graph'
import { type NodeAttribute, type Nodes, operators, size } from './operators'
import { recurrentByStep } from './recurrent'

// The parts of a graph model of TensorFlow.js that graphs here need: nodes as TensorFlow writes them in JSON, and the numbers
// of its constants in files beside it.

export interface GraphConstant {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32' | 'bool'
  readonly data: Float32Array | Int32Array | Uint8Array
}

interface Shape {
  dim: { size: string }[]
}

interface GraphNode {
  name: string
  op: string
  input?: readonly string[]
  attr: Readonly<Record<string, NodeAttribute | { shape: Shape } | { tensor: { dtype: string; tensorShape: Shape } }>>
}

/** A named place where values go in or come out. */
export interface Port {
  name: string
  dtype: string
  tensorShape: Shape
}

interface TfjsParts {
  nodes: GraphNode[]
  constants: GraphConstant[]
  inputs: Record<string, Port>
  outputs: Record<string, Port>
}

/** Whole numbers have 32 bits at most there. */
const types = {
  float: { type: 'DT_FLOAT', dtype: 'float32' },
  uint8: { type: 'DT_INT32', dtype: 'int32' },
  int32: { type: 'DT_INT32', dtype: 'int32' },
  int64: { type: 'DT_INT32', dtype: 'int32' },
  bool: { type: 'DT_BOOL', dtype: 'bool' },
} as const satisfies Record<NumberType, { type: string; dtype: GraphConstant['dtype'] }>

/** A size that is known only when the graph runs is -1. */
const shapeOf = (sizes: readonly Dimension[]): Shape => ({
  dim: sizes.map((size) => ({ size: typeof size === 'number' ? String(size) : '-1' })),
})

const portOf = (name: string, type: NumberType, shape: readonly Dimension[]): Port => ({
  name: `${name}:0`,
  dtype: types[type].type,
  tensorShape: shapeOf(shape),
})

export function tfjsGraph(describe: Description): TfjsParts {
  const parts: TfjsParts = { nodes: [], constants: [], inputs: {}, outputs: {} }
  const wholes: Wholes = new Map()
  const nodes = nodesOn(parts, wholes, (value) => size(graph, value))
  const graph = graphOn(writerOn(parts, wholes, nodes))
  describe(graph)
  return parts
}

/** Constants of whole numbers, by name. */
type Wholes = Map<string, GraphConstant>

/**
 * What was computed with has to be read back from a graphics card, which WebGPU does badly where nobody waits for it. So single
 * numbers that sizes are made of, which `sizeOf` answers, are others than those that are computed with.
 */
function nodesOn({ nodes }: TfjsParts, wholes: Wholes, sizeOf: (value: number) => string): Nodes {
  /** Sizes, and what is made of sizes and constants alone. */
  const sizes = new Set<string>()
  function asSize(name: string): string {
    const whole = wholes.get(name)
    return whole?.shape.length === 0 ? sizeOf(whole.data[0]) : name
  }
  return {
    add(op, given, attr = {}) {
      const isOfSizes =
        given.some((name) => sizes.has(name)) && given.every((name) => sizes.has(name) || wholes.has(name))
      const input = isOfSizes ? given.map(asSize) : given
      const name = `${op.toLowerCase()}_${nodes.length}`
      nodes.push({ name, op, input, attr })
      if (isOfSizes || op === 'Shape') sizes.add(name)
      return name
    },
    wholesOf(name) {
      const found = wholes.get(name)
      if (!found) throw new Error(`${name} is no constant of whole numbers`)
      return [...found.data]
    },
  }
}

function writerOn(parts: TfjsParts, wholes: Wholes, nodes: Nodes): GraphWriter {
  return {
    input(name, type, shape) {
      const attr = { dtype: { type: types[type].type }, shape: { shape: shapeOf(shape) } }
      parts.nodes.push({ name, op: 'Placeholder', attr })
      parts.inputs[name] = portOf(name, type, shape)
    },
    constant(name, given) {
      const made = constantOf(name, given)
      if (made.dtype === 'int32') wholes.set(name, made)
      parts.constants.push(made)
      const { type } = types[given.type]
      const tensor = { dtype: type, tensorShape: shapeOf(given.shape) }
      parts.nodes.push({ name, op: 'Const', attr: { dtype: { type }, value: { tensor } } })
    },
    operators(graph, name, inputs, { attributes }) {
      if (!Object.hasOwn(operators, name)) throw new Error(`${name} has no counterpart in TensorFlow.js`)
      return [operators[name]({ graph, nodes }, inputs, attributes)]
    },
    recurrent: (graph, network, vectors, most) => recurrentByStep({ graph, nodes }, network, vectors, most),
    output(name, value, type, shape) {
      parts.nodes.push({ name, op: 'Identity', input: [value], attr: {} })
      parts.outputs[name] = portOf(name, type, shape)
    },
  }
}

function constantOf(name: string, { type, shape, data }: Constant): GraphConstant {
  const { dtype } = types[type]
  if (dtype === 'int32') return { name, shape, dtype, data: Int32Array.from(data as ArrayLike<number>, Number) }
  return { name, shape, dtype, data: data as Float32Array | Uint8Array }
}
