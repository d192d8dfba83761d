import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type PictureFormat, readHeader } from './header'
import { BadPicture, type Picture } from './picture'

/** Files are not trusted: what is larger is not decoded. */
export const largestBytes = 64 * 1024 * 1024
export const largestPixels = 50_000_000

type Decoder = (bytes: ArrayBuffer) => Promise<{ width: number; height: number; data: Uint8ClampedArray }>

const packages = createRequire(import.meta.url)
const compile = async (path: string) => new WebAssembly.Module(await readFile(packages.resolve(path)))

/** Starts a decoder from a file instead of an address, and has it print nothing. */
async function optionsOf(path: string) {
  const module = await compile(path)
  return {
    print() {},
    printErr() {},
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports)
      done(instance)
      return instance.exports
    },
  }
}

/** Each in WebAssembly, so that a file made to harm reaches no memory but the decoder's own. */
const openers: Record<PictureFormat, () => Promise<Decoder>> = {
  async jpeg() {
    const { init, default: decode } = await import('@jsquash/jpeg/decode.js')
    await init(await optionsOf('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'))
    // Turned as its camera says.
    return (bytes) => decode(bytes, { preserveOrientation: true })
  },
  async png() {
    const { init, decode } = await import('@jsquash/png/decode.js')
    await init(await compile('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'))
    return decode
  },
  async webp() {
    const { init, default: decode } = await import('@jsquash/webp/decode.js')
    await init(await optionsOf('@jsquash/webp/codec/dec/webp_dec.wasm'))
    return decode
  },
}

const opened = new Map<PictureFormat, Promise<Decoder>>()

function decoderOf(format: PictureFormat): Promise<Decoder> {
  provideImageData()
  const decoder = opened.get(format) ?? openers[format]()
  opened.set(format, decoder)
  return decoder
}

/** The decoders answer with the class of browsers, which Node lacks. */
function provideImageData(): void {
  globalThis.ImageData ??= class {
    constructor(
      readonly data: Uint8ClampedArray,
      readonly width: number,
      readonly height: number,
    ) {}
  } as unknown as typeof ImageData
}

/** Decodes a JPEG, PNG or WebP picture; what shines through counts as opaque. Throws BadPicture. */
export async function decodePicture(bytes: Uint8Array): Promise<Picture> {
  const header = readHeader(bytes)
  if (header.width * header.height > largestPixels) throw new BadPicture('It has more than 50 million pixels.')
  const decode = await decoderOf(header.format)
  const found = await decode(new Uint8Array(bytes).buffer).catch(() => {
    throw new BadPicture('It is damaged.')
  })
  return { width: found.width, height: found.height, data: withoutAlpha(found.data) }
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3)
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = rgba[from]
    rgb[to + 1] = rgba[from + 1]
    rgb[to + 2] = rgba[from + 2]
  }
  return rgb
}
