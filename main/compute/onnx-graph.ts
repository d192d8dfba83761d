import * as onnx from 'onnxruntime-web'
import { openSession } from './onnx-session'

/** An array that a graph takes or gives. */
export interface GraphArray {
  readonly data: Float32Array | Float64Array | Int32Array | BigInt64Array
  readonly shape: readonly number[]
}

/** A graph that another program made. */
export interface OpenGraph {
  /** One of its outputs. Rejects with a sentence's end about why it could not. */
  run(inputs: Readonly<Record<string, GraphArray>>, output: string): Promise<GraphArray>
  close(): void
}

/** Opens a graph in this process. Rejects with a sentence's end about why onnxruntime does not. */
export async function openGraph(bytes: Uint8Array): Promise<OpenGraph> {
  const session = await openSession(bytes).catch((cause) => {
    throw new Error(`onnxruntime does not open it (${reasonOf(cause)})`, { cause })
  })
  return {
    async run(inputs, output) {
      const tensors = Object.entries(inputs).map(([name, array]) => [name, tensorOf(array)])
      const found = await session.run(Object.fromEntries(tensors), [output], { logSeverityLevel: 4 }).catch((cause) => {
        throw new Error(`onnxruntime stopped in it (${reasonOf(cause)})`, { cause })
      })
      const { data, dims } = found[output]
      return { data: data as GraphArray['data'], shape: dims }
    },
    close() {
      session.release().catch(() => {})
    },
  }
}

function tensorOf({ data, shape }: GraphArray): onnx.Tensor {
  if (data instanceof BigInt64Array) return new onnx.Tensor('int64', data, shape)
  if (data instanceof Int32Array) return new onnx.Tensor('int32', data, shape)
  if (data instanceof Float64Array) return new onnx.Tensor('float64', data, shape)
  return new onnx.Tensor('float32', data, shape)
}

/** The first line, without codes and places in the runtime's sources. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  const line = text.split('\n')[0].replace(/^.*ERROR_MESSAGE: /, '')
  const plain = line.replace(/\/\S+:\d+ .*?\) (?=[A-Z])/, '')
  return plain.replace(/\s+/g, ' ').trim().slice(0, 300).replace(/\.$/, '')
}
