import {
  axisOf,
  beside,
  cut,
  gather,
  join,
  multiply,
  type PlainTensor,
  pieces,
  putInto,
  sum,
  turn,
} from './plain-tensors'

export type PlainAttributes = Record<string, { b?: boolean; i?: number; type?: string; list?: { i: number[] } }>

type Operator = (inputs: readonly PlainTensor[], attributes: PlainAttributes) => PlainTensor | PlainTensor[]

const each =
  (change: (value: number) => number): Operator =>
  ([{ shape, data }]) => ({ shape, data: data.map(change) })

const between =
  (combine: (...numbers: number[]) => number): Operator =>
  (inputs) =>
    beside(inputs, combine)

const numberOf = ({ data }: PlainTensor) => data[0]

/** Operators of TensorFlow after its documentation, as far as graphs here need them. A flag is 0 or 1. */
export const plainOperators: Record<string, Operator> = {
  Identity: ([value]) => value,
  Relu: each((value) => Math.max(0, value)),
  Tanh: each(Math.tanh),
  Sigmoid: each((value) => 1 / (1 + Math.exp(-value))),
  Sqrt: each(Math.sqrt),
  Rsqrt: each((value) => 1 / Math.sqrt(value)),
  Cast: ([{ shape, data }], { DstT }) => ({ shape, data: DstT.type === 'DT_INT32' ? data.map(Math.trunc) : data }),
  AddV2: between((a, b) => a + b),
  Sub: between((a, b) => a - b),
  Mul: between((a, b) => a * b),
  RealDiv: between((a, b) => a / b),
  Pow: between((a, b) => a ** b),
  Maximum: between(Math.max),
  Minimum: between(Math.min),
  Equal: between((a, b) => Number(a === b)),
  Less: between((a, b) => Number(a < b)),
  Greater: between((a, b) => Number(a > b)),
  GreaterEqual: between((a, b) => Number(a >= b)),
  LogicalAnd: between((a, b) => Number(a === 1 && b === 1)),
  SelectV2: between((flag, a, b) => (flag === 1 ? a : b)),
  MatMul: ([left, right], { transpose_b }) => multiply(left, right, transpose_b.b === true),
  BatchMatMulV2: ([left, right]) => multiply(left, right, false),
  Sum: ([value, axis], { keep_dims }) => sum(value, numberOf(axis), keep_dims.b === true),
  Mean([value, axis], { keep_dims }) {
    const { shape, data } = sum(value, numberOf(axis), keep_dims.b === true)
    return { shape, data: data.map((total) => (total * data.length) / value.data.length) }
  },
  Softmax([{ shape, data }]) {
    const width = shape[shape.length - 1]
    const shares = new Float64Array(data.length)
    for (let start = 0; start < data.length; start += width) {
      const row = data.subarray(start, start + width)
      const most = Math.max(...row)
      const powers = row.map((score) => Math.exp(score - most))
      const total = powers.reduce((all, power) => all + power, 0)
      shares.set(
        powers.map((power) => power / total),
        start,
      )
    }
    return { shape, data: shares }
  },
  /** Along the first axis. */
  GatherV2: ([table, places]) => gather(table, places),
  Transpose: ([value, order]) => turn(value, [...order.data]),
  Shape: ([{ shape }]) => ({ shape: [shape.length], data: Float64Array.from(shape) }),
  Reshape([{ data }, sizes]) {
    const known = sizes.data.reduce((product, size) => (size < 0 ? product : product * size), 1)
    return { shape: Array.from(sizes.data, (size) => (size < 0 ? data.length / known : size)), data }
  },
  ExpandDims: ([{ shape, data }, axis]) => ({ shape: shape.toSpliced(numberOf(axis), 0, 1), data }),
  Squeeze([{ shape, data }], { squeeze_dims }) {
    const axes = squeeze_dims.list?.i ?? []
    return { shape: shape.filter((size, axis) => (axes.length === 0 ? size !== 1 : !axes.includes(axis))), data }
  },
  Range([start, end, step]) {
    const [first, by] = [numberOf(start), numberOf(step)]
    const count = Math.max(0, Math.ceil((numberOf(end) - first) / by))
    return { shape: [count], data: Float64Array.from({ length: count }, (_, at) => first + at * by) }
  },
  Pad([value, sizes]) {
    const before = value.shape.map((_, axis) => sizes.data[2 * axis])
    const shape = value.shape.map((size, axis) => before[axis] + size + sizes.data[2 * axis + 1])
    return putInto(shape, [{ value, at: before }])
  },
  Slice([value, from, sizes]) {
    const ends = value.shape.map((end, axis) => (sizes.data[axis] < 0 ? end : from.data[axis] + sizes.data[axis]))
    return cut(value, [...from.data], ends)
  },
  /** With steps of 1. */
  StridedSlice: ([value, from, to]) => cut(value, [...from.data], [...to.data]),
  ConcatV2(inputs) {
    const values = inputs.slice(0, -1)
    return join(values, axisOf(numberOf(inputs[values.length]), values[0]))
  },
  Pack: (values, { axis: { i: axis = 0 } }) =>
    join(
      values.map(({ shape, data }) => ({ shape: shape.toSpliced(axis, 0, 1), data })),
      axis,
    ),
  Unpack: ([value], { axis: { i: axis = 0 }, num: { i: count = 0 } }) =>
    pieces(value, axis, count).map(({ shape, data }) => ({ shape: shape.toSpliced(axis, 1), data })),
  Split: ([axis, value], { num_split }) => pieces(value, axisOf(numberOf(axis), value), num_split.i ?? 1),
}
