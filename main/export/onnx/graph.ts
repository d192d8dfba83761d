import { bytes, float, message, type Pieces, text, whole } from './protobuf'

// The parts of ONNX that graphs here need, by the numbers of its onnx.proto.

/** Types of numbers. */
const types = { float: 1, uint8: 2, int32: 6, int64: 7, bool: 9 } as const
export type NumberType = keyof typeof types

/** A size, or the name of one that is known only when the graph runs. */
export type Dimension = number | string

export interface Constant {
  type: NumberType
  shape: readonly number[]
  data: Float32Array | Uint8Array | Int32Array | BigInt64Array
}

type Attribute = number | readonly number[] | { float: number } | { text: string }
type Attributes = Readonly<Record<string, Attribute>>

/** Operators of version 17, in the eighth form of the file: what runtimes since 2022 read. */
const irVersion = 8
const operatorVersion = 17

/** A graph of operators under construction. Values are names. */
export interface GraphBuilder {
  /** Asked for again it is the same. */
  input(name: string, type: NumberType, shape: readonly Dimension[]): string
  constant(name: string, constant: Constant): string
  /** The value of one number. */
  number(value: number): string
  /** Whole numbers, such as axes and shapes. */
  wholes(...values: number[]): string
  operator(name: string, inputs: readonly string[], attributes?: Attributes): string
  /** Of an operator with more than one output. */
  operators(name: string, inputs: readonly string[], outputs: number, attributes?: Attributes): string[]
  /** The same graph, where constants have names of their own behind this one. */
  within(name: string): GraphBuilder
  output(name: string, value: string, type: NumberType, shape: readonly Dimension[]): void
  /** The file. */
  build(about: { name: string; version: string; meaning: string; facts: Readonly<Record<string, string>> }): Pieces
}

export function createGraph(): GraphBuilder {
  const [nodes, constants, inputs, outputs]: Pieces[][] = [[], [], [], []]
  const known = new Set<string>()
  let count = 0

  function constant(name: string, { type, shape, data }: Constant): string {
    if (known.has(name)) return name
    known.add(name)
    const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const dimensions = shape.map((size) => whole(1, size))
    constants.push(message(5, ...dimensions, whole(2, types[type]), text(8, name), bytes(9, raw)))
    return name
  }

  function operators(name: string, from: readonly string[], outputs: number, attributes: Attributes = {}): string[] {
    const value = `${name.toLowerCase()}_${++count}`
    const values = Array.from({ length: outputs }, (_, at) => (at === 0 ? value : `${value}_${at}`))
    const own = Object.entries(attributes).map(([key, attribute]) => attributeOf(key, attribute))
    const ends = [...from.map((input) => text(1, input)), ...values.map((output) => text(2, output))]
    nodes.push(message(1, ...ends, text(3, value), text(4, name), ...own))
    return values
  }

  const graph: GraphBuilder = {
    input(name, type, shape) {
      if (!known.has(name)) inputs.push(valueInfo(11, name, type, shape))
      known.add(name)
      return name
    },
    constant,
    within: (scope) => ({
      ...graph,
      constant: (name, value) => constant(`${scope}/${name}`, value),
      within: (inner) => graph.within(`${scope}/${inner}`),
    }),
    number: (value) => constant(`number ${value}`, { type: 'float', shape: [], data: Float32Array.of(value) }),
    wholes: (...values) =>
      constant(`wholes ${values}`, {
        type: 'int64',
        shape: [values.length],
        data: BigInt64Array.from(values, BigInt),
      }),
    operator: (name, from, attributes) => operators(name, from, 1, attributes)[0],
    operators,
    output(name, value, type, shape) {
      nodes.push(message(1, text(1, value), text(2, name), text(3, name), text(4, 'Identity')))
      outputs.push(valueInfo(12, name, type, shape))
    },
    build({ name, version, meaning, facts }) {
      const content = message(7, ...nodes, text(2, name), ...constants, ...inputs, ...outputs)
      const properties = Object.entries(facts).map(([fact, value]) => message(14, text(1, fact), text(2, value)))
      const versions = message(8, text(1, ''), whole(2, operatorVersion))
      const about = [text(2, 'TopN'), text(3, version), text(6, meaning)]
      return [whole(1, irVersion), ...about, content, versions, ...properties].flat()
    },
  }
  return graph
}

function valueInfo(field: number, name: string, type: NumberType, shape: readonly Dimension[]): Pieces {
  const sizes = shape.map((size) => message(1, typeof size === 'number' ? whole(1, size) : text(2, size)))
  return message(field, text(1, name), message(2, message(1, whole(1, types[type]), message(2, ...sizes))))
}

const attributeTypes = { float: 1, whole: 2, text: 3, wholes: 7 } as const

function attributeOf(name: string, value: Attribute): Pieces {
  if (typeof value === 'number') return message(5, text(1, name), whole(3, value), whole(20, attributeTypes.whole))
  if ('text' in value) return message(5, text(1, name), text(4, value.text), whole(20, attributeTypes.text))
  if ('float' in value) return message(5, text(1, name), float(2, value.float), whole(20, attributeTypes.float))
  return message(5, text(1, name), ...value.map((each) => whole(8, each)), whole(20, attributeTypes.wholes))
}
