import { createHash } from 'node:crypto'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TopnError } from '../../contract/errors'
import type { EncoderFeature } from '../../contract/features'
import { sha256OfFile } from '../../files/sha256'
import { type Preprocessing, readPreprocessing } from '../pictures/preprocess'

export type EncoderKind = EncoderFeature['as']

const modelNames = ['model.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'onnx/model_quantized.onnx']

/** Where publishers put the model, the first that is there; and what says how its input is made. */
const layouts: Record<EncoderKind, { models: string[]; settings: string }> = {
  encoder: { models: modelNames, settings: 'tokenizer.json' },
  // Of a pair for texts and pictures, the half for pictures.
  'image-encoder': {
    models: [...modelNames.map((name) => name.replace('model', 'vision_model')), ...modelNames],
    settings: 'preprocessor_config.json',
  },
}

export interface EncoderFolder {
  model: string
  settings: string
}

/** The files of an encoder in a folder. Throws BAD_REQUEST where one is missing. */
export async function findEncoder(folder: string, kind: EncoderKind): Promise<EncoderFolder> {
  const { models, settings: settingsName } = layouts[kind]
  const settings = join(folder, settingsName)
  const isThere = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    )
  for (const name of models) {
    const model = join(folder, name)
    if ((await isThere(model)) && (await isThere(settings))) return { model, settings }
  }
  const message = `${folder} holds no encoder: it needs model.onnx and ${settingsName}. Choose another folder.`
  throw new TopnError('BAD_REQUEST', message, { file: folder })
}

export async function readModel({ model }: EncoderFolder): Promise<Uint8Array> {
  return new Uint8Array(await readFile(model))
}

/** Throws BAD_DATA where the settings are no JSON. */
export async function readSettings({ settings }: EncoderFolder): Promise<object> {
  const text = await readFile(settings, 'utf8')
  try {
    return JSON.parse(text) as object
  } catch (cause) {
    const message = `${settings} is damaged. Copy the encoder's folder again.`
    throw new TopnError('BAD_DATA', message, { file: settings }, { cause })
  }
}

/** How pictures are made what the model takes. Throws BAD_DATA where that is damaged, or not done here. */
export async function readImageSettings(files: EncoderFolder): Promise<Preprocessing> {
  const settings = await readSettings(files)
  try {
    return readPreprocessing(settings)
  } catch (cause) {
    const file = files.settings
    const message = `${file} asks for what TopN does not do: ${(cause as Error).message}. Choose another encoder.`
    throw new TopnError('BAD_DATA', message, { file }, { cause })
  }
}

/** Of the content of its files: another model may come to lie in the same folder. */
export async function hashOfEncoder({ model, settings }: EncoderFolder): Promise<string> {
  const [first, second] = [await sha256OfFile(model), await sha256OfFile(settings)]
  return createHash('sha256').update(`${first.sha256} ${second.sha256}`).digest('hex')
}
