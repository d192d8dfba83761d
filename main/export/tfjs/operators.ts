import type { Attributes, GraphBuilder } from '../graphs/graph'

export type NodeAttribute = { b: boolean } | { i: number } | { type: string } | { list: { i: readonly number[] } }

/** A whole number that nothing is computed with but sizes: an axis, or a part of a shape. */
export function size(graph: GraphBuilder, value: number): string {
  return graph.constant(`size/${value}`, { type: 'int64', shape: [], data: BigInt64Array.of(BigInt(value)) })
}

/** Nodes of TensorFlow under construction. */
export interface Nodes {
  /** Answers the name of its first output; `NAME:1` is that of the second. */
  add(op: string, inputs: readonly string[], attributes?: Readonly<Record<string, NodeAttribute>>): string
  /** The numbers of a constant. */
  wholesOf(name: string): readonly number[]
}

export interface Place {
  readonly graph: GraphBuilder
  readonly nodes: Nodes
}

type Operator = (place: Place, inputs: readonly string[], attributes: Attributes) => string

const named =
  (op: string): Operator =>
  ({ nodes }, inputs) =>
    nodes.add(op, inputs)

const flag = (value: unknown) => ({ b: value === 1 })

/** What TensorFlow has for each operator of ONNX, with attributes as graphs here have them. */
export const operators: Record<string, Operator> = {
  Add: named('AddV2'),
  Sub: named('Sub'),
  Mul: named('Mul'),
  Div: named('RealDiv'),
  Pow: named('Pow'),
  Max: named('Maximum'),
  Min: named('Minimum'),
  Sqrt: named('Sqrt'),
  Relu: named('Relu'),
  Tanh: named('Tanh'),
  And: named('LogicalAnd'),
  Equal: named('Equal'),
  Less: named('Less'),
  Greater: named('Greater'),
  GreaterOrEqual: named('GreaterEqual'),
  Where: named('SelectV2'),
  Softmax: named('Softmax'),
  MatMul: named('BatchMatMulV2'),
  Gemm: ({ nodes }, inputs, { transB }) => nodes.add('MatMul', inputs, { transpose_b: flag(transB) }),
  Cast: ({ nodes }, inputs, { to }) =>
    nodes.add('Cast', inputs, { DstT: { type: to === 1 ? 'DT_FLOAT' : 'DT_INT32' } }),
  Range: ({ nodes }, inputs) => nodes.add('Range', inputs, { Tidx: { type: 'DT_INT32' } }),
  ReduceSum: ({ nodes }, inputs, { keepdims = 1 }) => nodes.add('Sum', inputs, { keep_dims: flag(keepdims) }),
  Gather: ({ graph, nodes }, inputs) => nodes.add('GatherV2', [...inputs, size(graph, 0)]),
  /** A number of each row, [rows, length], for each of its places. */
  GatherElements: (place, [value, places]) => gatherInRows(place, value, places, place.graph.wholes(-1)),
  /** A vector of each row, [rows, length, size], at its one place. */
  GatherND(place, [value, places]) {
    const { graph, nodes } = place
    const components = slice(nodes, nodes.add('Shape', [value]), graph.wholes(2), graph.wholes(3), graph.wholes(1))
    const found = gatherInRows(place, value, places, concat(nodes, [graph.wholes(-1), components], size(graph, 0)))
    return nodes.add('Squeeze', [found], { squeeze_dims: { list: { i: [1] } } })
  },
  Unsqueeze: ({ graph, nodes }, [value, axes]) =>
    nodes.wholesOf(axes).reduce((expanded, axis) => nodes.add('ExpandDims', [expanded, size(graph, axis)]), value),
  Squeeze: ({ nodes }, [value, axes]) =>
    nodes.add('Squeeze', [value], { squeeze_dims: { list: { i: axes ? nodes.wholesOf(axes) : [] } } }),
  Shape: ({ graph, nodes }, inputs, { start, end }) =>
    slice(nodes, nodes.add('Shape', inputs), graph.wholes(Number(start)), graph.wholes(Number(end)), graph.wholes(1)),
  /** Of the first axes. */
  Slice: ({ graph, nodes }, [value, from, to, axes]) =>
    slice(nodes, value, from, to, graph.wholes(...nodes.wholesOf(axes).map(() => 1))),
  Concat: ({ graph, nodes }, inputs, { axis }) => concat(nodes, inputs, size(graph, Number(axis))),
  Pad({ graph, nodes }, [value, sizes]) {
    const all = nodes.wholesOf(sizes)
    const axes = all.length / 2
    const pairs = all.slice(0, axes).flatMap((before, axis) => [before, all[axes + axis]])
    return nodes.add('Pad', [value, paddings(graph, pairs)])
  },
  Transpose: ({ graph, nodes }, [value], { perm }) =>
    nodes.add('Transpose', [value, graph.wholes(...(perm as readonly number[]))]),
  /** Sizes of 0, which come first, are those that there are. */
  Reshape({ graph, nodes }, [value, sizes]) {
    const given = nodes.wholesOf(sizes)
    const kept = given.lastIndexOf(0) + 1
    if (kept === 0) return nodes.add('Reshape', [value, sizes])
    const one = graph.wholes(1)
    const own = slice(nodes, nodes.add('Shape', [value]), graph.wholes(0), graph.wholes(kept), one)
    const shape = concat(nodes, [own, graph.wholes(...given.slice(kept))], size(graph, 0))
    return nodes.add('Reshape', [value, shape])
  },
  LayerNormalization({ graph, nodes }, [value, scale, shift], { epsilon }) {
    const mean = (given: string) => nodes.add('Mean', [given, size(graph, -1)], { keep_dims: { b: true } })
    const away = nodes.add('Sub', [value, mean(value)])
    const variance = mean(nodes.add('Mul', [away, away]))
    const { float } = epsilon as { float: number }
    const unit = nodes.add('Rsqrt', [nodes.add('AddV2', [variance, graph.number(float)])])
    return nodes.add('AddV2', [nodes.add('Mul', [nodes.add('Mul', [away, unit]), scale]), shift])
  },
}

const slice = (nodes: Nodes, value: string, from: string, to: string, steps: string) =>
  nodes.add('StridedSlice', [value, from, to, steps])

const concat = (nodes: Nodes, values: readonly string[], axis: string) =>
  nodes.add('ConcatV2', [...values, axis], { N: { i: values.length } })

/**
 * All rows behind one another, in the given shape, and places among them: version 4.22 of the WebAssembly backend reads the
 * wrong places where it is asked to gather row by row.
 */
function gatherInRows({ graph, nodes }: Place, value: string, places: string, shape: string): string {
  const sizes = nodes.add('Shape', [value])
  const sizeAt = (axis: number) =>
    nodes.add('Squeeze', [slice(nodes, sizes, graph.wholes(axis), graph.wholes(axis + 1), graph.wholes(1))], {
      squeeze_dims: { list: { i: [0] } },
    })
  const rows = operators.Range({ graph, nodes }, [size(graph, 0), sizeAt(0), size(graph, 1)], {})
  const starts = nodes.add('ExpandDims', [nodes.add('Mul', [rows, sizeAt(1)]), size(graph, 1)])
  const behind = nodes.add('Reshape', [value, shape])
  return nodes.add('GatherV2', [behind, nodes.add('AddV2', [starts, places]), size(graph, 0)])
}

/** Places before and after, axis by axis. */
export function paddings(graph: GraphBuilder, sizes: readonly number[]): string {
  const data = BigInt64Array.from(sizes, BigInt)
  return graph.constant(`paddings_${sizes.join('_')}`, { type: 'int64', shape: [sizes.length / 2, 2], data })
}
