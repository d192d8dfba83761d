import type { TensorInfo } from '@tensorflow/tfjs-core'
import { type OwnKernel, type Request, sizeOf } from './heap'

export const exp: OwnKernel = ({ inputs, kernels, make, pointer }) => {
  const { x } = inputs as Record<string, TensorInfo>
  if (x.dtype !== 'float32') return null
  const output = make(x.shape)
  kernels.exponentials(pointer(x), sizeOf(x.shape), pointer(output))
  return output
}

export const sum: OwnKernel = (request) => sumOf(request)?.output ?? null

export const mean: OwnKernel = (request) => {
  const found = sumOf(request)
  if (!found) return null
  const values = request.view(found.output)
  for (let at = 0; at < values.length; at++) values[at] /= found.count
  return found.output
}

/** Sums over the first axes or over the last ones, and how many numbers are in each. */
function sumOf({ inputs, attrs, kernels, make, pointer }: Request): { output: TensorInfo; count: number } | null {
  const { x } = inputs as Record<string, TensorInfo>
  const rank = x.shape.length
  const given = attrs.axis as number | number[] | null | undefined
  const all = given === null || given === undefined ? [...x.shape.keys()] : [given].flat()
  const axes = new Set(all.map((axis) => (axis < 0 ? axis + rank : axis)))
  const count = axes.size
  const isLast = Array.from(axes).every((axis) => axis >= rank - count)
  const isFirst = Array.from(axes).every((axis) => axis < count)
  if (x.dtype !== 'float32' || (!isLast && !isFirst)) return null
  const kept = x.shape.filter((_, axis) => !axes.has(axis))
  const output = make(kept)
  const summed = sizeOf(x.shape.filter((_, axis) => axes.has(axis)))
  if (isLast) kernels.sumAlongRows(pointer(x), sizeOf(kept), summed, pointer(output))
  else kernels.sumDownColumns(pointer(x), summed, sizeOf(kept), pointer(output))
  if (attrs.keepDims) output.shape = x.shape.map((size, axis) => (axes.has(axis) ? 1 : size))
  return { output, count: summed }
}
