import type { TensorInfo } from '@tensorflow/tfjs-core'
import { bytesOf, type OwnKernel, sizeOf } from './heap'

/** Rows of a table. */
export const gather: OwnKernel = ({ inputs, attrs, kernels, make, pointer }) => {
  const { x, indices } = inputs as Record<string, TensorInfo>
  if (attrs.axis !== 0 || attrs.batchDims !== 0 || indices.dtype !== 'int32' || bytesOf(x) !== 4) return null
  const rest = x.shape.slice(1)
  const output = make([...indices.shape, ...rest], x.dtype)
  kernels.gatherRows(pointer(x), x.shape[0], pointer(indices), sizeOf(indices.shape), sizeOf(rest), pointer(output))
  return output
}

/** The gradient of `gather`. */
export const segmentSum: OwnKernel = ({ inputs, attrs, kernels, make, pointer }) => {
  const { x, segmentIds } = inputs as Record<string, TensorInfo>
  if (x.dtype !== 'float32') return null
  const rest = x.shape.slice(segmentIds.shape.length)
  const count = Number(attrs.numSegments)
  const output = make([count, ...rest])
  const rows = sizeOf(segmentIds.shape)
  kernels.sumSegments(pointer(x), pointer(segmentIds), rows, sizeOf(rest), pointer(output), count)
  return output
}
