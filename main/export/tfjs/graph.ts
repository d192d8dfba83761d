// The parts of a graph model of TensorFlow.js that graphs here need: nodes as TensorFlow writes them in JSON, and the numbers
// of its constants in files beside it.

/** Sizes; -1 is one that is known only when the graph runs. */
export type Sizes = readonly number[]

export interface GraphConstant {
  readonly name: string
  readonly shape: Sizes
  readonly data: Float32Array | Int32Array
}

type Attribute =
  | { b: boolean }
  | { type: string }
  | { shape: Shape }
  | { tensor: { dtype: string; tensorShape: Shape } }
interface Shape {
  dim: { size: string }[]
}

export interface GraphNode {
  name: string
  op: string
  input?: string[]
  attr: Record<string, Attribute>
}

/** A named place where values go in or come out. */
export interface Port {
  name: string
  dtype: 'DT_INT32' | 'DT_FLOAT'
  tensorShape: Shape
}

/** A graph of operators under construction. Values are names. */
export interface TfjsGraph {
  input(name: string, dtype: Port['dtype'], shape: Sizes): string
  constant(constant: GraphConstant): string
  /** The value of one number. */
  number(value: number): string
  /** Whole numbers, such as shapes; one alone, such as an axis, without brackets. */
  wholes(values: number | readonly number[]): string
  operator(op: string, inputs: readonly string[], attributes?: Record<string, boolean>): string
  output(name: string, value: string, shape: Sizes): void
  parts(): TfjsParts
}

export interface TfjsParts {
  nodes: GraphNode[]
  constants: GraphConstant[]
  inputs: Record<string, Port>
  outputs: Record<string, Port>
}

const shapeOf = (sizes: Sizes): Shape => ({ dim: sizes.map((size) => ({ size: String(size) })) })
export const typeOf = ({ data }: Pick<GraphConstant, 'data'>) =>
  data instanceof Float32Array ? 'DT_FLOAT' : 'DT_INT32'

/** Operators whose type of numbers has to be said, all of them of floats here. */
const typed = { T: { type: 'DT_FLOAT' } }

export function createTfjsGraph(): TfjsGraph {
  const nodes: GraphNode[] = []
  const constants = new Map<string, GraphConstant>()
  const [inputs, outputs]: Record<string, Port>[] = [{}, {}]

  function constant(given: GraphConstant): string {
    if (constants.has(given.name)) return given.name
    constants.set(given.name, given)
    const dtype = typeOf(given)
    const tensor = { dtype, tensorShape: shapeOf(given.shape) }
    nodes.push({ name: given.name, op: 'Const', attr: { dtype: { type: dtype }, value: { tensor } } })
    return given.name
  }

  function operator(op: string, from: readonly string[], attributes: Record<string, boolean> = {}): string {
    const name = `${op.toLowerCase()}_${nodes.length}`
    const own = Object.entries(attributes).map(([key, b]): [string, Attribute] => [key, { b }])
    nodes.push({ name, op, input: [...from], attr: { ...typed, ...Object.fromEntries(own) } })
    return name
  }

  return {
    input(name, dtype, shape) {
      nodes.push({ name, op: 'Placeholder', attr: { dtype: { type: dtype }, shape: { shape: shapeOf(shape) } } })
      inputs[name] = { name: `${name}:0`, dtype, tensorShape: shapeOf(shape) }
      return name
    },
    constant,
    number: (value) => constant({ name: `number_${value}`, shape: [], data: Float32Array.of(value) }),
    wholes(values) {
      const [shape, data] = typeof values === 'number' ? [[], [values]] : [[values.length], values]
      return constant({ name: `wholes_${shape.length}_${data.join('_')}`, shape, data: Int32Array.from(data) })
    },
    operator,
    output(name, value, shape) {
      nodes.push({ name, op: 'Identity', input: [value], attr: typed })
      outputs[name] = { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: shapeOf(shape) }
    },
    parts: () => ({ nodes, constants: [...constants.values()], inputs, outputs }),
  }
}
