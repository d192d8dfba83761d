/** Types of NumPy that are written, by the array that holds them. */
const types = new Map<unknown, string>([
  [Float64Array, '<f8'],
  [Float32Array, '<f4'],
  [BigInt64Array, '<i8'],
  [Int32Array, '<i4'],
  [Uint32Array, '<u4'],
  [Uint8Array, '|u1'],
])

/** An array in NumPy's format (NEP 1, version 1): never an object, so that no reader needs to unpickle. */
export function toNpy(
  data: ArrayBufferView,
  shape: readonly number[],
  type = types.get(data.constructor),
): Uint8Array[] {
  if (!type) throw new TypeError('an array of this type has no name in NumPy')
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, length & 255, length >> 8])
  const header = Buffer.from(`${text.padEnd(length - 1)}\n`, 'latin1')
  return [start, header, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]
}

/** Texts as an array of fixed width, UTF-32, filled up with zeros. */
export function textsToNpy(texts: readonly string[], shape: readonly number[] = [texts.length]): Uint8Array[] {
  const points = texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0) ?? 0))
  const width = points.reduce((most, { length }) => Math.max(most, length), 1)
  const data = new Uint32Array(texts.length * width)
  for (const [at, row] of points.entries()) data.set(row, at * width)
  return toNpy(data, shape, `<U${width}`)
}
