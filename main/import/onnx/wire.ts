/** A field of a message: a whole number (of 64 bits at most), or bytes. Numbers of fixed size are bytes. */
export interface WireField {
  number: number
  /** Bytes whose length is said: a text, a message or a list. */
  isLengthy: boolean
  whole: bigint | null
  bytes: Uint8Array
}

const empty = new Uint8Array(0)

/** The fields of a message of Protocol Buffers, in their order; bytes are views. Throws RangeError where it is none. */
export function* fieldsOf(message: Uint8Array): Iterable<WireField> {
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (at >= message.length) throw new RangeError('a number is cut off')
      const byte = message[at++]
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return BigInt.asUintN(64, value)
    }
    throw new RangeError('a number has too many bytes')
  }
  const take = (length: number): Uint8Array => {
    if (!(at + length <= message.length)) throw new RangeError('a field is longer than its message')
    at += length
    return message.subarray(at - length, at)
  }
  while (at < message.length) {
    const key = varint()
    const number = Number(key >> 3n)
    const type = Number(key & 7n)
    if (number === 0) throw new RangeError('a field has no number')
    if (type === 0) yield { number, isLengthy: false, whole: varint(), bytes: empty }
    else if (type === 1) yield { number, isLengthy: false, whole: null, bytes: take(8) }
    else if (type === 2) yield { number, isLengthy: true, whole: null, bytes: take(Number(varint())) }
    else if (type === 5) yield { number, isLengthy: false, whole: null, bytes: take(4) }
    else throw new RangeError('a field is of an unknown type')
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Throws TypeError where it is not UTF-8. */
export const textOf = (bytes: Uint8Array) => decoder.decode(bytes)
