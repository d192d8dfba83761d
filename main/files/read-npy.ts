import { TopnError } from '../contract/errors'
import { fromHalf } from './half'

/** An array of NumPy as it lies in memory, row-major. */
export interface NpyArray {
  shape: readonly number[]
  /** Numbers, or what stands in an array of texts. */
  values: Float32Array | readonly string[]
}

/** Bytes and reading of one element, by the type's name in NumPy; `U` has a width of its own. */
const numberTypes: Record<string, [bytes: number, read: (view: DataView, at: number) => number | bigint]> = {
  '<f2': [2, (view, at) => fromHalf(view.getUint16(at, true))],
  '<f4': [4, (view, at) => view.getFloat32(at, true)],
  '<f8': [8, (view, at) => view.getFloat64(at, true)],
  '|u1': [1, (view, at) => view.getUint8(at)],
  '|i1': [1, (view, at) => view.getInt8(at)],
  '|b1': [1, (view, at) => view.getUint8(at)],
  '<i4': [4, (view, at) => view.getInt32(at, true)],
  '<u4': [4, (view, at) => view.getUint32(at, true)],
  '<i8': [8, (view, at) => view.getBigInt64(at, true)],
  '<u8': [8, (view, at) => view.getBigUint64(at, true)],
}

/** What NumPy writes, and nothing else of Python: it is matched, never evaluated. */
const header =
  /^\{'descr': (?:'([^'\\]{1,20})'|(\[.*\])), 'fortran_order': (True|False), 'shape': \(([\d, ]*)\), \} *\n$/s
const longestHeader = 65_536
const mostElements = 2 ** 31

/**
 * Reads an array in NumPy's format (NEP 1). Arrays of Python objects are pickles, which run code when they are opened:
 * they are refused by their header. `whose` names the array in errors; `as` texts makes texts of whole numbers too.
 */
export function parseNpy(bytes: Uint8Array, whose: string, as: 'numbers' | 'texts'): NpyArray {
  const { type, isFortran, shape, start } = readHeader(bytes, whose)
  const count = shape.reduce((product, size) => product * size, 1)
  const width = /^<U\d{1,4}$/.test(type) ? Number(type.slice(2)) : null
  const elementBytes = width === null ? (numberTypes[type]?.[0] ?? 0) : 4 * width
  if (elementBytes === 0 && width === null) throw wrong(whose, `its type ${type} is not read. Save it as float32`)
  if (count > mostElements) throw wrong(whose, 'it is too large')
  if (bytes.length - start !== count * elementBytes) throw wrong(whose, 'its size is another than its header says')
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, count * elementBytes)
  const placeOf = isFortran && shape.length === 2 ? transposed(shape) : (at: number) => at
  if (isFortran && shape.length > 2) throw wrong(whose, 'it has more than two dimensions in column order')
  if (as === 'texts') {
    const read =
      width === null ? (at: number) => wholeText(view, type, at, whose) : (at: number) => textAt(view, at, width, whose)
    return { shape, values: Array.from({ length: count }, (_, at) => read(placeOf(at))) }
  }
  if (width !== null) throw wrong(whose, 'it holds texts where numbers are needed')
  const [size, read] = numberTypes[type]
  return { shape, values: Float32Array.from({ length: count }, (_, at) => Number(read(view, placeOf(at) * size))) }
}

function readHeader(bytes: Uint8Array, whose: string) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isNpy = buffer.length >= 12 && buffer.subarray(0, 6).toString('latin1') === '\x93NUMPY'
  if (!isNpy) throw wrong(whose, 'it is no array of NumPy')
  const major = buffer[6]
  if (major < 1 || major > 3) throw wrong(whose, `version ${major} of the format is not known`)
  const length = major === 1 ? buffer.readUInt16LE(8) : buffer.readUInt32LE(8)
  const from = major === 1 ? 10 : 12
  if (length > longestHeader || from + length > buffer.length) throw wrong(whose, 'its header is cut off')
  const found = header.exec(buffer.subarray(from, from + length).toString('latin1'))
  if (!found) throw wrong(whose, 'its header is not as NumPy writes it')
  const [, type, structure, order, sizes] = found
  if (/^\|?O/.test(type ?? '') || structure?.includes('O')) {
    throw wrong(whose, 'it holds Python objects, which would run code when they are opened. Save it as numbers')
  }
  if (structure) throw wrong(whose, 'it is an array of structures. Save it as float32')
  const shape = sizes
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(Number)
  if (!shape.every(Number.isSafeInteger)) throw wrong(whose, 'its shape is wrong')
  return { type, isFortran: order === 'True', shape, start: from + length }
}

function transposed([rows, columns]: readonly number[]) {
  return (at: number) => (at % columns) * rows + Math.floor(at / columns)
}

/** UTF-32, filled up with zeros. */
function textAt(view: DataView, place: number, width: number, whose: string): string {
  let text = ''
  for (let at = 0; at < width; at++) {
    const point = view.getUint32((place * width + at) * 4, true)
    if (point === 0) break
    if (point > 0x10ffff) throw wrong(whose, 'a text in it is damaged')
    text += String.fromCodePoint(point)
  }
  return text
}

function wholeText(view: DataView, type: string, place: number, whose: string): string {
  const [size, read] = numberTypes[type]
  if (type.includes('f')) throw wrong(whose, 'it holds numbers with fractions where ids are needed')
  return String(read(view, place * size))
}

function wrong(whose: string, reason: string): TopnError {
  return new TopnError('BAD_DATA', `${whose} cannot be used: ${reason}.`, { file: whose })
}
