/** A picture in memory: red, green and blue of each pixel from 0 to 255, row by row from the top. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** height x width x 3. */
  readonly data: Uint8Array | Uint8ClampedArray
}

export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** Why a picture has no vector. The message is a sentence for people. */
export class BadPicture extends Error {}
