import { BadPicture, type PictureSize } from './picture'

export type PictureFormat = 'jpeg' | 'png' | 'webp'

export interface PictureHeader extends PictureSize {
  format: PictureFormat
}

/** Format and size of a picture by its first bytes, before anything is decoded. Throws BadPicture. */
export function readHeader(bytes: Uint8Array): PictureHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    for (const [format, read] of Object.entries(readers)) {
      const size = read(view)
      if (size) return { format: format as PictureFormat, ...size }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new BadPicture('It ends too early.')
  }
  throw new BadPicture('It is no JPEG, PNG or WebP picture.')
}

/** Null where the file is of another format; a RangeError where it ends too early. */
type SizeReader = (view: DataView) => PictureSize | null

const readers: Record<PictureFormat, SizeReader> = {
  /** ISO/IEC 10918-1: segments of a marker and a length, up to a start of frame. */
  jpeg(view) {
    if (view.byteLength < 3 || view.getUint16(0) !== 0xffd8) return null
    let at = 2
    for (;;) {
      const marker = view.getUint16(at)
      if (marker >>> 8 !== 0xff) throw new BadPicture('It is damaged.')
      if (marker === 0xffff) at++
      else if (isFrame(marker & 0xff)) return frameAt(view, at)
      else at += 2 + view.getUint16(at + 2)
    }
  },
  png(view) {
    if (view.byteLength < 4 || view.getUint32(0) !== 0x89504e47) return null
    return { width: view.getUint32(16), height: view.getUint32(20) }
  },
  /** RFC 9649: a lossy, a lossless or an extended picture. */
  webp(view) {
    if (view.byteLength < 12 || textAt(view, 0) !== 'RIFF' || textAt(view, 8) !== 'WEBP') return null
    const bits14 = (at: number) => view.getUint16(at, true) & 0x3fff
    const bits24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
    switch (textAt(view, 12)) {
      case 'VP8 ':
        return { width: bits14(26), height: bits14(28) }
      case 'VP8L': {
        const bits = view.getUint32(21, true)
        return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
      }
      case 'VP8X':
        return { width: bits24(24) + 1, height: bits24(27) + 1 }
      default:
        throw new BadPicture('It is damaged.')
    }
  },
}

/** Four colours are those of print, which no encoder takes. */
function frameAt(view: DataView, at: number): PictureSize {
  if (view.getUint8(at + 9) === 4) throw new BadPicture('Its colours are those of print (CMYK).')
  return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
}

/** A start of frame: 0xc0 to 0xcf without the three that define tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)))
}
