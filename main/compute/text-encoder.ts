import { Tokenizer } from '@huggingface/tokenizers'
import * as onnx from 'onnxruntime-web'
import { openSession, toUnitLength } from './onnx-session'

/** The files of a text encoder as its publisher wrote them. */
export interface EncoderFiles {
  /** An ONNX model from token ids (and their mask) to a vector for each token. */
  model: Uint8Array
  /** The content of tokenizer.json. */
  tokenizer: object
}

export interface TextEncoder {
  /** A vector for each text: the mean of its tokens' vectors, divided by its length. */
  encode(texts: readonly string[]): Promise<Float32Array[]>
  close(): Promise<void>
}

/** Longer texts are cut; most encoders know no more places. */
const longestText = 512

/** Opens an encoder in this process, in WebAssembly on one thread; nothing is fetched. */
export async function openTextEncoder({ model, tokenizer }: EncoderFiles): Promise<TextEncoder> {
  const session = await openSession(model)
  const words = new Tokenizer(tokenizer, {})
  return {
    async encode(texts) {
      const tokens = texts.map((text) => shortened(words.encode(text).ids))
      const length = Math.max(1, ...tokens.map((ids) => ids.length))
      const inputs = inputsOf(tokens, length)
      const wanted = Object.fromEntries(session.inputNames.map((name) => [name, inputs[name] ?? inputs.token_type_ids]))
      const output = (await session.run(wanted))[session.outputNames[0]]
      if (output.dims.length !== 3) throw new Error(`the encoder gives ${output.dims.length} dimensions, not 3`)
      return means(output.data as Float32Array, tokens, length, output.dims[2])
    },
    close: () => session.release(),
  }
}

/** The first tokens and the last one, which often marks the end. */
function shortened(ids: number[]): number[] {
  return ids.length <= longestText ? ids : [...ids.slice(0, longestText - 1), ids[ids.length - 1]]
}

function inputsOf(tokens: readonly number[][], length: number): Record<string, onnx.Tensor> {
  const tensor = (value: (ids: number[], at: number) => number) => {
    const data = new BigInt64Array(tokens.length * length)
    tokens.forEach((ids, row) => {
      ids.forEach((_, at) => {
        data[row * length + at] = BigInt(value(ids, at))
      })
    })
    return new onnx.Tensor('int64', data, [tokens.length, length])
  }
  return { input_ids: tensor((ids, at) => ids[at]), attention_mask: tensor(() => 1), token_type_ids: tensor(() => 0) }
}

function means(states: Float32Array, tokens: readonly number[][], length: number, size: number): Float32Array[] {
  return tokens.map((ids, row) => {
    const sum = new Float64Array(size)
    ids.forEach((_, at) => {
      const start = (row * length + at) * size
      for (let entry = 0; entry < size; entry++) sum[entry] += states[start + entry]
    })
    return toUnitLength(sum)
  })
}
