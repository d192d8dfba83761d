import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { Tf } from '../tensorflow'
import { bytesOf, type OwnKernel, type Request, sizeOf } from './heap'

// The backend's own slice first copies the whole tensor, and its concatenation works row by row.

export function slice(tf: Tf): OwnKernel {
  return (request) => {
    const { x } = request.inputs as Record<string, TensorInfo>
    if (bytesOf(x) === 0) return null
    const [begin, size] = tf.slice_util.parseSliceParams(
      x as Parameters<typeof tf.slice_util.parseSliceParams>[0],
      request.attrs.begin as number[],
      request.attrs.size as number[],
    )
    return region(request, x, begin, size)
  }
}

export function splitV(tf: Tf): OwnKernel {
  return (request) => {
    const { x } = request.inputs as Record<string, TensorInfo>
    if (bytesOf(x) === 0) return null
    const [axis] = tf.util.parseAxisParam(request.attrs.axis as number, x.shape)
    const parts = request.attrs.numOrSizeSplits as number | number[]
    const sizes = tf.backend_util.prepareSplitSize(x as Parameters<typeof tf.split>[0] & TensorInfo, parts, axis)
    let start = 0
    return sizes.map((size) => {
      const part = region(request, x, placed(x, axis, start, 0), x.shape.with(axis, size))
      start += size
      return part
    })
  }
}

export const unpack: OwnKernel = (request) => {
  const { value } = request.inputs as Record<string, TensorInfo>
  if (bytesOf(value) === 0) return null
  const axis = axisOf(request, value.shape.length)
  return Array.from({ length: value.shape[axis] }, (_, at) => {
    const part = region(request, value, placed(value, axis, at, 0), value.shape.with(axis, 1))
    return { ...part, shape: value.shape.toSpliced(axis, 1) }
  })
}

export const concat: OwnKernel = (request) => {
  const parts = Object.values(request.inputs) as TensorInfo[]
  const axis = axisOf(request, parts[0].shape.length)
  const length = parts.reduce((sum, { shape }) => sum + shape[axis], 0)
  return joined(request, parts, axis, parts[0].shape.with(axis, length))
}

export const pack: OwnKernel = (request) => {
  const parts = Object.values(request.inputs) as TensorInfo[]
  const axis = axisOf(request, parts[0].shape.length + 1)
  return joined(request, parts, axis, parts[0].shape.toSpliced(axis, 0, parts.length))
}

function axisOf({ attrs }: Request, rank: number): number {
  const axis = Number(attrs.axis)
  return axis < 0 ? axis + rank : axis
}

const placed = ({ shape }: TensorInfo, axis: number, at: number, other: number) =>
  shape.map((_, each) => (each === axis ? at : other))

/** Parts side by side along an axis. */
function joined({ kernels, make, pointer }: Request, parts: TensorInfo[], axis: number, shape: number[]) {
  if (parts.some((part) => bytesOf(part) === 0 || part.dtype !== parts[0].dtype)) return null
  const output = make(shape, parts[0].dtype)
  const bytes = bytesOf(output)
  const [count, step] = [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis)) * bytes]
  let place = pointer(output)
  for (const part of parts) {
    const own = sizeOf(part.shape.slice(axis)) * bytes
    kernels.copyBlocks(pointer(part), own, place, step, own, count)
    place += own
  }
  return output
}

/** What lies from `begin` on, `size` along each axis. */
function region({ kernels, make, pointer }: Request, x: TensorInfo, begin: number[], size: number[]): TensorInfo {
  const output = make(size, x.dtype)
  const bytes = bytesOf(x)
  const step = (axis: number) => sizeOf(x.shape.slice(axis + 1)) * bytes
  // From this axis on a stretch lies in one piece.
  const last = size.findLastIndex((length, axis) => length !== x.shape[axis])
  if (last < 1) {
    kernels.copyBlocks(pointer(x) + (last < 0 ? 0 : begin[0] * step(0)), 0, pointer(output), 0, sizeOf(size) * bytes, 1)
    return output
  }
  const [piece, pieces] = [size[last] * step(last), size[last - 1]]
  const outer = size.slice(0, last - 1)
  let target = pointer(output)
  for (let at = 0; at < sizeOf(outer); at++) {
    let [rest, source] = [at, pointer(x)]
    for (let axis = last; axis >= 0; axis--) {
      const own = axis < outer.length ? rest % outer[axis] : 0
      if (axis < outer.length) rest = Math.floor(rest / outer[axis])
      source += (begin[axis] + own) * step(axis)
    }
    kernels.copyBlocks(source, step(last - 1), target, piece, piece, pieces)
    target += piece * pieces
  }
  return output
}
