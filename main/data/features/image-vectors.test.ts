import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pngOf } from '../pictures/testing/pictures'
import { findGaps, imageVectors } from './image-vectors'
import { writeTinyImageEncoder } from './testing/encoder'

/** x / 255, then (x - mean) / deviation for each channel. */
const config = { do_resize: false, image_mean: [0.2, 0, 0], image_std: [1, 0.5, 1] }

let parent: string
let folder: string
let images: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'topn-images-'))
  folder = join(parent, 'encoder')
  images = join(parent, 'pictures')
  writeTinyImageEncoder(folder, config)
  mkdirSync(images)
  writeFileSync(join(images, 'two.png'), pngOf(2, 1, [255, 51, 0, 0, 0, 102]))
  writeFileSync(join(images, 'one.png'), pngOf(1, 1, [51, 0, 255]))
})
afterEach(() => rmSync(parent, { recursive: true }))

function encode(names: string[], options: { signal?: AbortSignal; report?: (fraction: number) => void } = {}) {
  const { signal = new AbortController().signal, report = () => {} } = options
  return imageVectors({ folder, images, names, cache: join(parent, 'vectors'), signal, report })
}
const rounded = (vector: Float32Array | null) => vector && [...vector].map((value) => Number(value.toFixed(6)))

test('a picture is what its model gives of its pixels, of length 1', async () => {
  const reports: number[] = []
  const names = ['two.png', '', ' one.png ', 'two.png']
  const { vectors, gaps } = await encode(names, { report: (fraction) => reports.push(fraction) })
  // Means of the channels: (0.5 - 0.2), 0.1 / 0.5 and 0.2; of the other (0.2 - 0.2), 0 and 1.
  const length = Math.hypot(0.3, 0.2, 0.2)
  expect(rounded(vectors[0])).toEqual([0.3, 0.2, 0.2].map((value) => Number((value / length).toFixed(6))))
  expect(vectors[1]).toBeNull()
  expect(rounded(vectors[2])).toEqual([0, 0, 1])
  expect(vectors[3]).toEqual(vectors[0])
  expect(gaps).toEqual({ named: 2, missing: 0, examples: [] })
  expect(reports).toEqual([0.5, 1])
})

test('a picture is known by its content, whatever it is called, and only by the same encoder', async () => {
  const [first] = (await encode(['two.png'])).vectors
  writeFileSync(join(images, 'copy.png'), pngOf(2, 1, [255, 51, 0, 0, 0, 102]))
  const again = await encode(['copy.png'])
  expect(again.vectors[0]).toEqual(first)
  expect(readdirSync(join(parent, 'vectors'))).toHaveLength(1)
  writeTinyImageEncoder(folder, { ...config, image_mean: [0, 0, 0] })
  expect((await encode(['two.png'])).vectors[0]).not.toEqual(first)
  expect(readdirSync(join(parent, 'vectors'))).toHaveLength(2)
})

test('pictures that are missing, broken or elsewhere are counted and named, and the others encoded', async () => {
  writeFileSync(join(images, 'half.png'), pngOf(2, 1, [255, 51, 0, 0, 0, 102]).subarray(0, 45))
  writeFileSync(join(images, 'notes.txt'), 'no picture')
  writeFileSync(join(parent, 'secret.png'), pngOf(1, 1, [1, 2, 3]))
  symlinkSync(join(parent, 'secret.png'), join(images, 'link.png'))
  mkdirSync(join(images, 'folder.png'))
  const names = ['one.png', 'gone.png', 'half.png', 'notes.txt', '../secret.png', 'link.png', 'folder.png', 'gone.png']
  const { vectors, gaps } = await encode(names)
  expect(vectors.map((vector) => vector !== null)).toEqual([true, ...names.slice(1).map(() => false)])
  expect(gaps).toEqual({
    named: 7,
    missing: 6,
    examples: [
      { file: 'gone.png', reason: 'There is no such file.' },
      { file: 'half.png', reason: 'It is damaged.' },
      { file: 'notes.txt', reason: 'It is no JPEG, PNG or WebP picture.' },
      { file: '../secret.png', reason: 'It lies outside of the folder of pictures.' },
      { file: 'link.png', reason: 'It lies outside of the folder of pictures.' },
      { file: 'folder.png', reason: 'It is no file.' },
    ],
  })
  // Before anything is decoded, the starts of the files say as much, apart from what is cut off.
  const looked = await findGaps({ images, names, signal: new AbortController().signal, report() {} })
  expect(looked.examples).toEqual(gaps.examples.filter(({ file }) => file !== 'half.png'))
})

test.skipIf(process.platform === 'win32')(
  'a pipe in the place of a picture is no file, and nobody waits for it',
  async () => {
    execFileSync('mkfifo', [join(images, 'pipe.png')])
    const { gaps } = await encode(['pipe.png', 'one.png'])
    expect(gaps.examples).toEqual([{ file: 'pipe.png', reason: 'It is no file.' }])
  },
)

test('what was encoded before a cancel is kept', async () => {
  const controller = new AbortController()
  const reason = new Error('cancelled')
  const cancelled = encode(['two.png', 'one.png'], {
    signal: controller.signal,
    report: () => controller.abort(reason),
  })
  await expect(cancelled).rejects.toBe(reason)
  expect(readdirSync(join(parent, 'vectors'))).toHaveLength(1)
})

test('an encoder that cannot be used is refused with what is wrong', async () => {
  writeTinyImageEncoder(folder, { ...config, do_pad: true })
  await expect(encode(['one.png'])).rejects.toMatchObject({
    code: 'BAD_DATA',
    message: expect.stringMatching(/preprocessor_config\.json asks for what TopN does not do: do_pad/),
  })
  writeTinyImageEncoder(folder, config)
  writeFileSync(join(folder, 'model.onnx'), 'no model')
  await expect(encode(['one.png'])).rejects.toMatchObject({
    code: 'BAD_DATA',
    message: expect.stringContaining('must take pixel values alone and give a vector for each picture'),
  })
  rmSync(join(folder, 'model.onnx'))
  await expect(encode(['one.png'])).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: `${folder} holds no encoder: it needs model.onnx and preprocessor_config.json. Choose another folder.`,
  })
})
