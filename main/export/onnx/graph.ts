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

type Attribute = number | readonly number[] | { float: number }

/** Operators of version 17, in the eighth form of the file: what runtimes since 2022 read. */
const irVersion = 8
const operatorVersion = 17

/** A graph of operators under construction. Values are names; every operator here has one output. */
export interface GraphBuilder {
  input(name: string, type: NumberType, shape: readonly Dimension[]): string
  constant(name: string, constant: Constant): string
  /** The value of one number. */
  number(value: number): string
  /** Whole numbers, such as axes and shapes. */
  wholes(...values: number[]): string
  operator(name: string, inputs: readonly string[], attributes?: Readonly<Record<string, Attribute>>): string
  output(name: string, value: string, type: NumberType, shape: readonly Dimension[]): void
  /** The file. */
  build(about: { name: string; version: string; meaning: string; facts: Readonly<Record<string, string>> }): Pieces
}

export function createGraph(): GraphBuilder {
  const [nodes, constants, inputs, outputs]: Pieces[][] = [[], [], [], []]
  const known = new Map<string, string>()
  let count = 0

  function constant(name: string, { type, shape, data }: Constant): string {
    if (known.has(name)) return name
    known.set(name, name)
    const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const dimensions = shape.map((size) => whole(1, size))
    constants.push(message(5, ...dimensions, whole(2, types[type]), text(8, name), bytes(9, raw)))
    return name
  }

  function operator(name: string, from: readonly string[], attributes = {}): string {
    const value = `${name.toLowerCase()}_${++count}`
    const own = Object.entries(attributes).map(([key, attribute]) => attributeOf(key, attribute as Attribute))
    nodes.push(
      message(1, ...from.map((input) => text(1, input)), text(2, value), text(3, value), text(4, name), ...own),
    )
    return value
  }

  return {
    input(name, type, shape) {
      inputs.push(valueInfo(11, name, type, shape))
      return name
    },
    constant,
    number: (value) => constant(`number ${value}`, { type: 'float', shape: [], data: Float32Array.of(value) }),
    wholes: (...values) =>
      constant(`wholes ${values}`, {
        type: 'int64',
        shape: [values.length],
        data: BigInt64Array.from(values, BigInt),
      }),
    operator,
    output(name, value, type, shape) {
      nodes.push(message(1, text(1, value), text(2, name), text(3, name), text(4, 'Identity')))
      outputs.push(valueInfo(12, name, type, shape))
    },
    build({ name, version, meaning, facts }) {
      const graph = message(7, ...nodes, text(2, name), ...constants, ...inputs, ...outputs)
      const properties = Object.entries(facts).map(([fact, value]) => message(14, text(1, fact), text(2, value)))
      const operators = message(8, text(1, ''), whole(2, operatorVersion))
      const about = [text(2, 'TopN'), text(3, version), text(6, meaning)]
      return [whole(1, irVersion), ...about, graph, operators, ...properties].flat()
    },
  }
}

function valueInfo(field: number, name: string, type: NumberType, shape: readonly Dimension[]): Pieces {
  const sizes = shape.map((size) => message(1, typeof size === 'number' ? whole(1, size) : text(2, size)))
  return message(field, text(1, name), message(2, message(1, whole(1, types[type]), message(2, ...sizes))))
}

const attributeTypes = { float: 1, whole: 2, wholes: 7 } as const

function attributeOf(name: string, value: Attribute): Pieces {
  if (typeof value === 'number') return message(5, text(1, name), whole(3, value), whole(20, attributeTypes.whole))
  if ('float' in value) return message(5, text(1, name), float(2, value.float), whole(20, attributeTypes.float))
  return message(5, text(1, name), ...value.map((each) => whole(8, each)), whole(20, attributeTypes.wholes))
}
