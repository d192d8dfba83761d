import { readFile } from 'node:fs/promises'
import { fromHalf } from '../../files/half'
import type { Tensor, Tensors } from '../../models/model'

type Reader = (view: DataView, at: number) => number

const types: Record<string, [number, Reader, (numbers: number[]) => Tensor['data']]> = {
  F64: [8, (view, at) => view.getFloat64(at, true), Float64Array.from.bind(Float64Array)],
  F32: [4, (view, at) => view.getFloat32(at, true), Float32Array.from.bind(Float32Array)],
  F16: [2, (view, at) => fromHalf(view.getUint16(at, true)), Float32Array.from.bind(Float32Array)],
  I32: [4, (view, at) => view.getInt32(at, true), Int32Array.from.bind(Int32Array)],
  U32: [4, (view, at) => view.getUint32(at, true), Uint32Array.from.bind(Uint32Array)],
  U8: [1, (view, at) => view.getUint8(at), Uint8Array.from.bind(Uint8Array)],
  I8: [1, (view, at) => view.getInt8(at), Float32Array.from.bind(Float32Array)],
}

/**
 * Reads a safetensors file number by number, by the format's text and not by the code that wrote it. Small numbers are
 * restored: half precision as it is, int8 by the scale of its row.
 */
export async function readPlainSafetensors(path: string): Promise<Tensors> {
  const bytes = await readFile(path)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = 8 + Number(view.getBigUint64(0, true))
  const header: Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }> = JSON.parse(
    bytes.toString('utf8', 8, start),
  )
  const tensors: Tensors = {}
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const [size, read, from] = types[dtype]
    const count = (data_offsets[1] - data_offsets[0]) / size
    const numbers = Array.from({ length: count }, (_, at) => read(view, start + data_offsets[0] + at * size))
    tensors[name] = { shape, data: from(numbers) }
  }
  return scaled(tensors)
}

function scaled(tensors: Tensors): Tensors {
  const restored: Tensors = {}
  for (const [name, tensor] of Object.entries(tensors)) {
    const scales = tensors[`${name}.scale`]?.data
    if (name.endsWith('.scale') && name.slice(0, -6) in tensors) continue
    const length = tensor.data.length / (tensor.shape[0] || 1)
    const data = scales
      ? (tensor.data as Float32Array).map((byte, at) => byte * scales[Math.floor(at / length)])
      : tensor.data
    restored[name] = { shape: tensor.shape, data }
  }
  return restored
}
