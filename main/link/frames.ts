import { Packr } from 'msgpackr'
import { maximumFrameBytes } from '../contract/calls'
import { TopnError } from '../contract/errors'

// `useRecords: false` keeps msgpackr from compiling code, which a strict content security policy forbids.
const packr = new Packr({ moreTypes: true, useRecords: false })

/** Message to bytes, with typed arrays, NaN and infinities kept. Throws where the frame would be too large. */
export function encodeFrame(message: unknown): Uint8Array {
  const bytes = packr.pack(message)
  if (bytes.byteLength <= maximumFrameBytes) return bytes
  throw new TopnError('BAD_REQUEST', `A message of ${bytes.byteLength} bytes is too large; ask for less at once.`, {
    bytes: bytes.byteLength,
  })
}

export function decodeFrame(bytes: Uint8Array): unknown {
  return packr.unpack(bytes)
}

/** Close codes of RFC 6455. */
export const closeCodes = { done: 1000, junk: 1007, tooLarge: 1009 } as const
