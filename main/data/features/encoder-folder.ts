import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TopnError } from '../../contract/errors'

/** Where publishers put the model; the first that is there. */
const modelNames = ['model.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'onnx/model_quantized.onnx']
const tokenizerName = 'tokenizer.json'

export interface EncoderFolder {
  model: string
  tokenizer: string
}

/** The files of an encoder in a folder. Throws BAD_REQUEST where one is missing. */
export async function findEncoder(folder: string): Promise<EncoderFolder> {
  const tokenizer = join(folder, tokenizerName)
  const isThere = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    )
  for (const name of modelNames) {
    const model = join(folder, name)
    if ((await isThere(model)) && (await isThere(tokenizer))) return { model, tokenizer }
  }
  const message = `${folder} holds no encoder: it needs model.onnx and tokenizer.json. Choose another folder.`
  throw new TopnError('BAD_REQUEST', message, { file: folder })
}

/** Throws BAD_DATA where the tokenizer is no JSON. */
export async function readEncoder({ model, tokenizer }: EncoderFolder) {
  const text = await readFile(tokenizer, 'utf8')
  try {
    return { model: new Uint8Array(await readFile(model)), tokenizer: JSON.parse(text) as object }
  } catch (cause) {
    const message = `${tokenizer} is damaged. Copy the encoder's folder again.`
    throw new TopnError('BAD_DATA', message, { file: tokenizer }, { cause })
  }
}
