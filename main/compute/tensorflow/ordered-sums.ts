import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu'
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core'
import type { webgpu as package_ } from './generated/tensorflow'
import type { Tf } from './tensorflow'

// Some kernels of WebGPU add numbers by atomic operations, in whatever order they arrive, so that the last digits differ from
// run to run. These keep one order. Which rows belong together they learn from numbers that were written by this process.

type Webgpu = typeof package_
type DataId = TensorInfo['dataId']

/** Rows of a matrix in the order in which they are added: those of segment s from offsets[s] to offsets[s + 1]. */
interface Segments {
  readonly sources: Int32Array
  /** Length segments + 1. */
  readonly offsets: Int32Array
}

/** A backend that remembers the whole numbers that were written to it, for as long as it has them itself. */
export function openOrdered(tf: Tf, webgpu: Webgpu, device: GPUDevice, info: GPUAdapterInfo): WebGPUBackend {
  const written = new WeakMap<DataId, Int32Array>()
  const backend = new webgpu.WebGPUBackend(device as never, info as never)
  const write = backend.write.bind(backend)
  backend.write = (values, shape, dtype) => {
    const dataId = write(values, shape, dtype)
    if (dtype === 'int32' && values instanceof Int32Array) written.set(dataId, values)
    return dataId
  }
  replace(tf, tf.UnsortedSegmentSum, unsortedSegmentSum(webgpu, written))
  replace(tf, tf.SparseSegmentSum, sparseSegmentSum(webgpu, written))
  replace(tf, tf.BatchMatMul, matMul(tf, webgpu))
  return backend
}

type Kernel = (args: Parameters<KernelFunc>[0] & { backend: WebGPUBackend }) => TensorInfo | null

const originals = new Map<string, KernelConfig>()

/** What a kernel of our own does not do, with null, the backend's does. */
function replace(tf: Tf, name: string, kernel: Kernel): void {
  const original = originals.get(name) ?? tf.getKernel(name, 'webgpu')
  originals.set(name, original)
  tf.unregisterKernel(name, 'webgpu')
  const kernelFunc = (args: Parameters<KernelFunc>[0]) =>
    kernel(args as Parameters<Kernel>[0]) ?? original.kernelFunc(args)
  tf.registerKernel({ ...original, kernelFunc })
}

/** The gradient of looking up rows. */
function unsortedSegmentSum(webgpu: Webgpu, written: WeakMap<DataId, Int32Array>): Kernel {
  const sorted = new WeakMap<DataId, Segments>()
  return ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs as Record<string, TensorInfo>
    const ids = written.get(segmentIds.dataId)
    if (!ids || x.dtype !== 'float32') return null
    const count = Number(attrs?.numSegments)
    const known = sorted.get(segmentIds.dataId)
    const segments = known?.offsets.length === count + 1 ? known : sortedRows(ids, count)
    sorted.set(segmentIds.dataId, segments)
    return sumRows(webgpu, backend, x, segments, x.shape.slice(segmentIds.shape.length))
  }
}

/** Sums of rows that are looked up, segment by segment: `segmentIds` ascend. */
function sparseSegmentSum(webgpu: Webgpu, written: WeakMap<DataId, Int32Array>): Kernel {
  return ({ inputs, backend }) => {
    const { data, indices, segmentIds } = inputs as Record<string, TensorInfo>
    const [sources, ids] = [written.get(indices.dataId), written.get(segmentIds.dataId)]
    if (!sources || !ids || ids.length === 0 || data.dtype !== 'float32') return null
    const { offsets } = sortedRows(ids, ids[ids.length - 1] + 1)
    return sumRows(webgpu, backend, data, { sources, offsets }, data.shape.slice(1))
  }
}

/** Rows by their segments, each segment's in their order; rows of no segment are left out. */
export function sortedRows(ids: Int32Array, count: number): Segments {
  const offsets = new Int32Array(count + 1)
  const isInside = (id: number) => id >= 0 && id < count
  for (const id of ids) if (isInside(id)) offsets[id + 1]++
  for (let segment = 0; segment < count; segment++) offsets[segment + 1] += offsets[segment]
  const next = offsets.slice()
  const sources = new Int32Array(offsets[count])
  ids.forEach((id, row) => {
    if (isInside(id)) sources[next[id]++] = row
  })
  return { sources, offsets }
}

function sumRows(
  webgpu: Webgpu,
  backend: WebGPUBackend,
  x: TensorInfo,
  { sources, offsets }: Segments,
  rest: number[],
): TensorInfo {
  const width = rest.reduce((product, each) => product * each, 1)
  const shape = [offsets.length - 1, width]
  if (sources.length === 0 || width === 0) {
    return backend.makeTensorInfo([shape[0], ...rest], 'float32', new Float32Array(shape[0] * width))
  }
  const size = x.shape.reduce((product, each) => product * each, 1)
  const rows = { ...x, shape: [size / width, width] }
  const places = [sources, offsets].map((each) => backend.makeTensorInfo([each.length], 'int32', each))
  const sums = backend.runWebGPUProgram(sumProgram(webgpu, shape), [rows, ...places], 'float32')
  for (const { dataId } of places) backend.disposeData(dataId)
  return { ...sums, shape: [shape[0], ...rest] }
}

/** One number of one segment each. */
function sumProgram({ webgpu_util }: Webgpu, outputShape: number[]): WebGPUProgram {
  const workgroupSize: WebGPUProgram['workgroupSize'] = [64, 1, 1]
  const dispatchLayout = webgpu_util.flatDispatchLayout(outputShape)
  return {
    variableNames: ['x', 'sources', 'offsets'],
    ...{ workgroupSize, outputShape, dispatchLayout, size: true, shaderKey: 'topnSumRows' },
    dispatch: webgpu_util.computeDispatch(dispatchLayout, outputShape, workgroupSize),
    getUserCode: () => `
      fn main(index : i32) {
        if (index < uniforms.size) {
          let segment = index / uniforms.xShape[1];
          let column = index % uniforms.xShape[1];
          let end = i32(getOffsets(segment + 1));
          var sum = 0.0;
          for (var at = i32(getOffsets(segment)); at < end; at++) {
            sum += getX(i32(getSources(at)), column);
          }
          setOutputAtIndex(index, sum);
        }
      }
    `,
  }
}

/** Products along so many numbers are split by the backend, and the parts added by atomic operations. */
const splitFrom = 2000
/** Results with at most so many numbers it computes in another way. */
const reducedUpTo = 128

/** The backend's own products, but for those that would be split. */
function matMul(tf: Tf, { webgpu_util: { MatMulProgramType } }: Webgpu): Kernel {
  const original = originals.get(tf.BatchMatMul) ?? tf.getKernel(tf.BatchMatMul, 'webgpu')
  const flag = 'WEBGPU_MATMUL_PROGRAM_TYPE'
  return (args) => {
    const { a, b } = args.inputs as Record<string, TensorInfo>
    const { transposeA, transposeB } = args.attrs as Record<string, boolean>
    const [inner, rows] = transposeA ? a.shape.slice(-2) : a.shape.slice(-2).reverse()
    const columns = b.shape.at(transposeB ? -2 : -1) ?? 1
    const isOne = [a, b].every(({ shape }) => shape.slice(0, -2).every((each) => each === 1))
    if (!isOne || inner < splitFrom || rows * columns <= reducedUpTo) return null
    const blocks = Math.ceil(rows / 32) * Math.ceil(columns / 32)
    const isSmall = blocks <= args.backend.thresholdToIncreaseWorkgroups * (rows <= 8 ? 2 : 1)
    const { MatMulSmallOutputSizeProgram, MatMulPackedProgram } = MatMulProgramType
    const before = tf.env().get(flag)
    tf.env().set(flag, isSmall ? MatMulSmallOutputSizeProgram : MatMulPackedProgram)
    try {
      return original.kernelFunc(args) as TensorInfo
    } finally {
      tf.env().set(flag, before)
    }
  }
}
