import { expect, test } from 'vitest'
import { type PlainAttributes, plainOperators } from './plain-operators'

const tensor = (shape: number[], ...numbers: number[]) => ({ shape, data: Float64Array.from(numbers) })
const list = (...numbers: number[]) => tensor([numbers.length], ...numbers)
const run = (op: string, inputs: ReturnType<typeof tensor>[], attributes: PlainAttributes = {}) =>
  plainOperators[op](inputs, attributes)

const table = tensor([2, 3], 1, 2, 3, 4, 5, 6)

test('sizes of 1, and those that one side lacks, are repeated', () => {
  expect(run('AddV2', [table, list(10, 20, 30)])).toEqual(tensor([2, 3], 11, 22, 33, 14, 25, 36))
  expect(run('Sub', [tensor([2, 1], 1, 2), list(1, 2)])).toEqual(tensor([2, 2], 0, -1, 1, 0))
  expect(run('SelectV2', [tensor([2, 1], 1, 0), table, tensor([], 9)])).toEqual(tensor([2, 3], 1, 2, 3, 9, 9, 9))
})

test('products of matrices, side by side or with one that all share', () => {
  const square = tensor([2, 2], 1, 2, 3, 4)
  expect(run('MatMul', [tensor([1, 2], 5, 6), square], { transpose_b: { b: true } })).toEqual(tensor([1, 2], 17, 39))
  const two = tensor([2, 1, 2], 5, 6, 7, 8)
  expect(run('BatchMatMulV2', [two, square])).toEqual(tensor([2, 1, 2], 23, 34, 31, 46))
  const others = tensor([2, 2, 1], 1, 2, 3, 4)
  expect(run('BatchMatMulV2', [two, others])).toEqual(tensor([2, 1, 1], 17, 53))
})

test('sums, means and shares along an axis', () => {
  expect(run('Sum', [table, tensor([], 0)], { keep_dims: { b: false } })).toEqual(list(5, 7, 9))
  expect(run('Mean', [table, tensor([], -1)], { keep_dims: { b: true } })).toEqual(tensor([2, 1], 2, 5))
  const { data } = run('Softmax', [tensor([1, 2], 0, Math.log(3))]) as ReturnType<typeof tensor>
  expect([...data].map((share) => share.toFixed(12))).toEqual(['0.250000000000', '0.750000000000'])
})

test('axes are turned, cut, filled up, split and put together', () => {
  expect(run('Transpose', [table, list(1, 0)])).toEqual(tensor([3, 2], 1, 4, 2, 5, 3, 6))
  expect(run('Slice', [table, list(0, 1), list(-1, 2)])).toEqual(tensor([2, 2], 2, 3, 5, 6))
  expect(run('StridedSlice', [table, list(1), list(5)])).toEqual(tensor([1, 3], 4, 5, 6))
  expect(run('Pad', [tensor([1, 2], 1, 2), tensor([2, 2], 0, 1, 1, 0)])).toEqual(tensor([2, 3], 0, 1, 2, 0, 0, 0))
  const columns = run('Unpack', [table], { axis: { i: 1 }, num: { i: 3 } })
  expect(columns).toEqual([list(1, 4), list(2, 5), list(3, 6)])
  expect(run('Pack', columns as ReturnType<typeof tensor>[], { axis: { i: 1 } })).toEqual(table)
  expect(run('ConcatV2', [list(1), list(2, 3), tensor([], 0)])).toEqual(list(1, 2, 3))
})

test('rows are found by their places, and a place beyond them is an error', () => {
  expect(run('GatherV2', [table, tensor([1, 2], 1, 0), tensor([], 0)])).toEqual(tensor([1, 2, 3], 4, 5, 6, 1, 2, 3))
  expect(() => run('GatherV2', [table, list(2), tensor([], 0)])).toThrow('2 is no place of 2')
  expect(() => run('GatherV2', [table, list(-1), tensor([], 0)])).toThrow('-1 is no place of 2')
})
