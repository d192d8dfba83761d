import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The vectors of the tiny encoder's words; any other word is `[UNK]`. */
export const wordVectors: Record<string, readonly [number, number]> = {
  '[UNK]': [1, 0],
  toy: [0, 1],
  story: [3, 4],
}

/** Writes the smallest encoder there is: it looks up each word's vector. As its publisher would have written it. */
export function writeTinyEncoder(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer))
  writeFileSync(join(folder, 'model.onnx'), model())
}

const tokenizer = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [],
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: null,
  decoder: null,
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(Object.keys(wordVectors).map((word, id) => [word, id])),
  },
}

/** An ONNX model of one node, `Gather`, in the bytes of its protocol buffer (onnx.proto3, field by field). */
function model(): Uint8Array {
  const rows = Object.values(wordVectors)
  const raw = [...new Uint8Array(Float32Array.from(rows.flat()).buffer)]
  const table = [...whole(1, rows.length), ...whole(1, 2), ...whole(2, 1), ...text(8, 'table'), ...bytes(9, raw)]
  const gather = [...text(1, 'table'), ...text(1, 'input_ids'), ...text(2, 'last_hidden_state'), ...text(4, 'Gather')]
  const [int64, float] = [7, 1]
  const graph = [
    ...bytes(1, gather),
    ...text(2, 'tiny'),
    ...bytes(5, table),
    ...bytes(11, valueInfo('input_ids', int64, ['batch', 'length'])),
    ...bytes(11, valueInfo('attention_mask', int64, ['batch', 'length'])),
    ...bytes(12, valueInfo('last_hidden_state', float, ['batch', 'length', 2])),
  ]
  return modelOf(graph)
}

function modelOf(graph: readonly number[]): Uint8Array {
  const [formatVersion, operatorVersion] = [8, 13]
  return Uint8Array.from([...whole(1, formatVersion), ...bytes(7, graph), ...bytes(8, whole(2, operatorVersion))])
}

/**
 * Writes an encoder of pictures of one node: the mean of each channel over all pixels, `preprocessor_config.json` as
 * it is given.
 */
export function writeTinyImageEncoder(folder: string, config: object): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'preprocessor_config.json'), JSON.stringify(config))
  writeFileSync(join(folder, 'model.onnx'), meansOfChannels())
}

function meansOfChannels(): Uint8Array {
  const node = [...text(1, 'pixel_values'), ...text(2, 'pooler_output'), ...text(4, 'GlobalAveragePool')]
  const float = 1
  const graph = [
    ...bytes(1, node),
    ...text(2, 'tiny'),
    ...bytes(11, valueInfo('pixel_values', float, ['batch', 3, 'height', 'width'])),
    ...bytes(12, valueInfo('pooler_output', float, ['batch', 3, 1, 1])),
  ]
  return modelOf(graph)
}

function valueInfo(name: string, type: number, shape: readonly (string | number)[]): number[] {
  const dimensions = shape.flatMap((size) => bytes(1, typeof size === 'number' ? whole(1, size) : text(2, size)))
  return [...text(1, name), ...bytes(2, bytes(1, [...whole(1, type), ...bytes(2, dimensions)]))]
}

function variable(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...variable(value >>> 7)]
}

function whole(field: number, value: number): number[] {
  return [...variable(field << 3), ...variable(value)]
}

function bytes(field: number, content: readonly number[]): number[] {
  return [...variable((field << 3) | 2), ...variable(content.length), ...content]
}

function text(field: number, content: string): number[] {
  return bytes(field, [...Buffer.from(content)])
}
