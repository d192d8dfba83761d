/** An encoded message or field, in pieces, so that large arrays are never copied. */
export type Pieces = readonly Uint8Array[]

export const lengthOf = (pieces: Pieces) => pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)

/** Wire types of Protocol Buffers. */
const wire = { varint: 0, bytes: 2, fixed32: 5 } as const

function varint(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  do {
    const byte = Number(rest & 127n)
    rest >>= 7n
    bytes.push(rest > 0n ? byte | 128 : byte)
  } while (rest > 0n)
  return Uint8Array.from(bytes)
}

const key = (field: number, type: number) => varint(BigInt(field * 8 + type))

/** A whole number; negative ones as int64 has them. */
export function whole(field: number, value: number | bigint): Pieces {
  return [key(field, wire.varint), varint(BigInt(value))]
}

export function float(field: number, value: number): Pieces {
  return [key(field, wire.fixed32), new Uint8Array(Float32Array.of(value).buffer)]
}

export function bytes(field: number, value: Uint8Array): Pieces {
  return [key(field, wire.bytes), varint(BigInt(value.byteLength)), value]
}

export function text(field: number, value: string): Pieces {
  return bytes(field, Buffer.from(value))
}

/** A message within a message. */
export function message(field: number, ...parts: readonly Pieces[]): Pieces {
  const content = parts.flat()
  return [key(field, wire.bytes), varint(BigInt(lengthOf(content))), ...content]
}
