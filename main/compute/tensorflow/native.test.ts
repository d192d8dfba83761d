import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { installRecordedPackage } from '../testing/devices'
import { findNative, nativeFolder, nvidiaCard, openNative } from './native'
import { differentiatedStep, type Loss } from './step'

const folder = mkdtempSync(join(tmpdir(), 'topn-native-'))
vi.stubEnv('XDG_DATA_HOME', folder)
vi.stubEnv('PATH', folder)

test('where nothing is installed, says so and offers the next device', async () => {
  expect(findNative('cuda')).toBeNull()
  await expect(openNative('cuda')).rejects.toMatchObject({
    code: 'DEVICE_FAILED',
    message:
      'The NVIDIA card (CUDA) cannot be used: This machine has no NVIDIA card. Choose "best", or the graphics card (WebGPU).',
    data: { device: 'cuda', offerDevice: 'webgpu' },
  })
})

test("what lies in folders above, which may be anyone's, is not loaded", () => {
  const name = '@tensorflow/tfjs-node-gpu'
  const outside = mkdtempSync(join(tmpdir(), 'topn-outside-'))
  const inner = join(outside, 'share')
  mkdirSync(join(inner, 'topn', 'native', 'node_modules'), { recursive: true })
  const planted = join(outside, 'node_modules', name)
  mkdirSync(planted, { recursive: true })
  writeFileSync(join(planted, 'index.js'), '')
  vi.stubEnv('XDG_DATA_HOME', inner)
  expect(findNative('cuda')).toBeNull()
  // Nor what a link in the right folder leads to.
  mkdirSync(join(inner, 'topn', 'native', 'node_modules', '@tensorflow'))
  symlinkSync(planted, join(inner, 'topn', 'native', 'node_modules', name))
  expect(findNative('cuda')).toBeNull()
  vi.stubEnv('XDG_DATA_HOME', folder)
})

test('a folder for data that depends on where one stands is none', () => {
  vi.stubEnv('XDG_DATA_HOME', 'here')
  expect(nativeFolder()).toBe(join(homedir(), '.local', 'share', 'topn', 'native'))
  vi.stubEnv('XDG_DATA_HOME', folder)
})

test('the card is known by what its driver tells', () => {
  const driver = join(folder, 'driver')
  expect(nvidiaCard(driver)).toBeNull()
  mkdirSync(join(driver, 'gpus', '0000:01:00.0'), { recursive: true })
  writeFileSync(join(driver, 'gpus', '0000:01:00.0', 'information'), 'Model: \t\t NVIDIA H200\nIRQ:   \t\t 0\n')
  expect(nvidiaCard(driver)).toBe('NVIDIA H200')
})

// From here on the recorded interface is installed: that real cards compute it cannot show.

test('a package that finds no card is not taken for one; it finds in util what newer versions of Node have lost', async () => {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>
  delete util.isNullOrUndefined
  installRecordedPackage(folder, '@tensorflow/tfjs-node-gpu')
  vi.stubEnv('TOPN_RECORDED_CARD', 'none')
  await expect(openNative('cuda')).rejects.toThrow('TensorFlow found no card that it can use')
  vi.stubEnv('TOPN_RECORDED_CARD', '')
})

test('trains with the package', async () => {
  const tensorflow = await openNative('cuda')
  expect(tensorflow).toMatchObject({ device: 'cuda', backend: 'tensorflow', isSoftware: false })
  const loss: Loss = ({ tf }, { x }, { y }) => tf.mean(tf.square(tf.sub(x, y)))
  const weights = { x: { shape: [2], data: Float32Array.of(0, 0) } }
  const step = differentiatedStep(tensorflow, loss, { weights, weightDecay: 0, clipNorm: 0 })
  const batch = { y: { shape: [2], data: Float32Array.of(1, 3) } }
  const losses: number[] = []
  for (let at = 0; at < 3; at++) losses.push(await step.run(batch, { learningRate: 0.5, uniform: () => 0 }))
  // The first step of Adam is the learning rate along each sign: from (0, 0) to (0.5, 0.5).
  expect(losses[0]).toBeCloseTo(5, 6)
  expect(losses[1]).toBeCloseTo((0.5 ** 2 + 2.5 ** 2) / 2, 5)
  expect(losses[2]).toBeLessThan(losses[1])
})

test.each([
  [new Error('OOM when allocating tensor with shape[8,8] and type float'), true],
  [new Error('RESOURCE_EXHAUSTED: failed to allocate memory'), true],
  [new Error('Invalid TF_Status: 8'), true],
  [new Error('Invalid TF_Status: 3'), false],
  [new Error('there is no room'), false],
])("memory that is used up is the device's failure: %s", async (thrown, isMemory) => {
  const tensorflow = await openNative('cuda')
  const failing: Loss = () => {
    throw thrown
  }
  const weights = { x: { shape: [2], data: Float32Array.of(0, 0) } }
  const step = differentiatedStep(tensorflow, failing, { weights, weightDecay: 0, clipNorm: 0 })
  const running = step.run({}, { learningRate: 0.5, uniform: () => 0 })
  const failure = { code: 'DEVICE_FAILED', data: { device: 'cuda', failure: 'memory', offerDevice: 'webgpu' } }
  await expect(running).rejects.toMatchObject(isMemory ? failure : thrown)
})

test('asks TensorFlow for the same sums each time', async () => {
  vi.stubEnv('TF_DETERMINISTIC_OPS', undefined)
  await openNative('cuda')
  expect(process.env.TF_DETERMINISTIC_OPS).toBe('1')
})
