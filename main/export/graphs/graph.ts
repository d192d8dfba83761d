import type { GatedReader } from '../../models/sequence-form'

// What graphs are described in: operators of version 17 of ONNX, by its names, and one that formats write differently.

export type NumberType = 'float' | 'uint8' | 'int32' | 'int64' | 'bool'

/** A size, or the name of one that is known only when the graph runs. */
export type Dimension = number | string

export interface Constant {
  type: NumberType
  shape: readonly number[]
  data: Float32Array | Uint8Array | Int32Array | BigInt64Array
}

export type Attribute = number | readonly number[] | { float: number } | { text: string }
export type Attributes = Readonly<Record<string, Attribute>>

/** A recurrent network without what is made of its states. */
export type RecurrentNetwork = Pick<GatedReader, 'cell' | 'input' | 'before'>

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
  /** States [batch, places, size] after each of the vectors [batch, places, size], of which there are `most` at most. */
  recurrent(network: RecurrentNetwork, vectors: string, most: number): string
  /** The same graph, where constants have names of their own behind this one. */
  within(name: string): GraphBuilder
  output(name: string, value: string, type: NumberType, shape: readonly Dimension[]): void
}

/** Puts inputs, operators and outputs into a graph, whatever format it is written in. */
export type Description = (graph: GraphBuilder) => void

/** How a format writes what a graph is described in; `graph` is where it puts what it needs for that. */
export interface GraphWriter {
  input(name: string, type: NumberType, shape: readonly Dimension[]): void
  constant(name: string, constant: Constant): void
  /** Answers the names of the outputs. */
  operators(
    graph: GraphBuilder,
    name: string,
    inputs: readonly string[],
    { outputs, attributes }: { outputs: number; attributes: Attributes },
  ): string[]
  recurrent(graph: GraphBuilder, network: RecurrentNetwork, vectors: string, most: number): string
  output(name: string, value: string, type: NumberType, shape: readonly Dimension[]): void
}

export function graphOn(writer: GraphWriter): GraphBuilder {
  const known = new Set<string>()
  function once(name: string, write: () => void): string {
    if (!known.has(name)) write()
    known.add(name)
    return name
  }
  const constant = (name: string, value: Constant) => once(name, () => writer.constant(name, value))
  function within(scope: string): GraphBuilder {
    const graph: GraphBuilder = {
      input: (name, type, shape) => once(name, () => writer.input(name, type, shape)),
      constant: (name, value) => constant(`${scope}${name}`, value),
      number: (value) => constant(`number_${value}`, { type: 'float', shape: [], data: Float32Array.of(value) }),
      wholes: (...values) =>
        constant(`wholes_${values.join('_')}`, {
          type: 'int64',
          shape: [values.length],
          data: BigInt64Array.from(values, BigInt),
        }),
      operator: (name, inputs, attributes) => graph.operators(name, inputs, 1, attributes)[0],
      operators: (name, inputs, outputs, attributes = {}) =>
        writer.operators(graph, name, inputs, { outputs, attributes }),
      recurrent: (network, vectors, most) => writer.recurrent(graph, network, vectors, most),
      within: (inner) => within(`${scope}${inner}/`),
      output: writer.output,
    }
    return graph
  }
  return within('')
}
