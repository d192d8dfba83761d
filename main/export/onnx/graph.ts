import {
  type Attribute,
  type Constant,
  type Dimension,
  type GraphBuilder,
  type GraphWriter,
  graphOn,
  type NumberType,
} from '../graphs/graph'
import { bytes, float, message, type Pieces, text, whole } from './protobuf'
import { recurrentByOperator } from './recurrent'

// The parts of ONNX that graphs here need, by the numbers of its onnx.proto.

/** Types of numbers. */
const types: Record<NumberType, number> = { float: 1, uint8: 2, int32: 6, int64: 7, bool: 9 }

/** Operators of version 17, in the eighth form of the file: what runtimes since 2022 read. */
const irVersion = 8
const operatorVersion = 17

export interface OnnxGraph extends GraphBuilder {
  /** The file. */
  build(about: { name: string; version: string; meaning: string; facts: Readonly<Record<string, string>> }): Pieces
}

export function createGraph(): OnnxGraph {
  const [nodes, constants, inputs, outputs]: Pieces[][] = [[], [], [], []]
  let count = 0
  const writer: GraphWriter = {
    input: (name, type, shape) => void inputs.push(valueInfo(11, name, type, shape)),
    constant: (name, constant) => void constants.push(constantPieces(name, constant)),
    operators(_graph, name, from, { outputs, attributes }) {
      const value = `${name.toLowerCase()}_${++count}`
      const values = Array.from({ length: outputs }, (_, at) => (at === 0 ? value : `${value}_${at}`))
      const own = Object.entries(attributes).map(([key, attribute]) => attributeOf(key, attribute))
      const ends = [...from.map((input) => text(1, input)), ...values.map((output) => text(2, output))]
      nodes.push(message(1, ...ends, text(3, value), text(4, name), ...own))
      return values
    },
    recurrent: recurrentByOperator,
    output(name, value, type, shape) {
      nodes.push(message(1, text(1, value), text(2, name), text(3, name), text(4, 'Identity')))
      outputs.push(valueInfo(12, name, type, shape))
    },
  }
  return {
    ...graphOn(writer),
    build({ name, version, meaning, facts }) {
      const content = message(7, ...nodes, text(2, name), ...constants, ...inputs, ...outputs)
      const properties = Object.entries(facts).map(([fact, value]) => message(14, text(1, fact), text(2, value)))
      const versions = message(8, text(1, ''), whole(2, operatorVersion))
      const about = [text(2, 'TopN'), text(3, version), text(6, meaning)]
      return [whole(1, irVersion), ...about, content, versions, ...properties].flat()
    },
  }
}

function constantPieces(name: string, { type, shape, data }: Constant): Pieces {
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const dimensions = shape.map((size) => whole(1, size))
  return message(5, ...dimensions, whole(2, types[type]), text(8, name), bytes(9, raw))
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
