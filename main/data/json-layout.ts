import type { Encoding, FileFormat } from '../contract/experiment'
import { badFile } from './bad-file'
import { createElementScanner } from './text/elements'

type JsonFormat = Extract<FileFormat, { kind: 'json' }>
type Json = Record<string, unknown>

/** JSON Lines, or an array of objects; null for other texts. Throws BAD_DATA for other JSON. */
export function proposeJson(path: string, lines: readonly string[], encoding: Encoding): JsonFormat | null {
  const filled = lines.map((line) => line.replace(/^\ufeff/, '').trim()).filter((line) => line !== '')
  const [first] = filled
  const isArray = /^\[\s*(\{|$)/.test(first)
  if (!isArray && !/^\{\s*("|\}|$)/.test(first)) return null
  if (encoding !== 'utf-8') throw badFile(path, `is JSON in ${encoding}. Save it as UTF-8.`)
  if (isArray) return { kind: 'json', lines: false }
  if (parseObject(first) !== null) return { kind: 'json', lines: true }
  throw badFile(path, 'is one JSON document. Save its list of interactions, as one array or one object a line.')
}

/** The objects of a JSON text's first lines. */
export function firstObjects(lines: readonly string[], { lines: isLines }: JsonFormat): Json[] {
  const texts = isLines ? lines : elementsOf(lines)
  return texts.map((text) => parseObject(text.replace(/^\ufeff/, ''))).filter((object) => object !== null)
}

/** The keys of some objects in the order in which they come. */
export function keysOf(objects: readonly Json[]): string[] {
  return [...new Set(objects.flatMap(Object.keys))]
}

/** A value as the text that a cell has. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function elementsOf(lines: readonly string[]): string[] {
  const text = Buffer.from(lines.join('\n'))
  return Buffer.from(createElementScanner().feed(text)).toString().split('\n')
}

function parseObject(text: string): Json | null {
  try {
    const found: unknown = JSON.parse(text)
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Json) : null
  } catch {
    return null
  }
}
