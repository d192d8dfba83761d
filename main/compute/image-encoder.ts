import * as onnx from 'onnxruntime-web'
import { openSession, toUnitLength } from './onnx-session'

/** A picture as a model takes it: 3 x height x width. */
export interface ImagePixels {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

export interface ImageEncoder {
  /** The picture's vector, divided by its length. */
  encode(pixels: ImagePixels): Promise<Float32Array>
  close(): Promise<void>
}

/** What publishers call a picture's vector, the best first; `last_hidden_state` has one for each patch. */
const outputs = ['image_embeds', 'pooler_output', 'last_hidden_state']

/** Opens an ONNX model from `pixel_values` to a vector of each picture, or of each of its patches or places. */
export async function openImageEncoder(model: Uint8Array): Promise<ImageEncoder> {
  const session = await openSession(model)
  const [input, ...others] = session.inputNames
  if (others.length > 0) throw new Error(`the encoder takes ${session.inputNames.join(', ')}`)
  const output = outputs.find((name) => session.outputNames.includes(name)) ?? session.outputNames[0]
  return {
    async encode({ width, height, data }) {
      const found = await session.run({ [input]: new onnx.Tensor('float32', data, [1, 3, height, width]) }, [output])
      return toUnitLength(pooled(found[output]))
    },
    close: () => session.release(),
  }
}

/** [1, size] as it is; the mean over the patches of [1, patches, size], or over the places of [1, size, height, width]. */
function pooled({ dims, data }: onnx.Tensor): Float64Array {
  const [, first, second] = dims
  const values = data as Float32Array
  if (dims.length === 2) return Float64Array.from(values)
  if (dims.length !== 3 && dims.length !== 4) throw new Error(`the encoder gives ${dims.length} dimensions`)
  const isPatches = dims.length === 3
  const size = isPatches ? second : first
  const count = values.length / size
  return Float64Array.from({ length: size }, (_, entry) => {
    let sum = 0
    for (let at = 0; at < count; at++) sum += isPatches ? values[at * size + entry] : values[entry * count + at]
    return sum / count
  })
}
