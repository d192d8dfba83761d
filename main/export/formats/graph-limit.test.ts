import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { exporterOf, prepareTastes } from '../testing/exported'
import { tfjsGraph } from '../tfjs/graph'
import { refuseLargeGraph } from './graph-limit'

vi.mock('../tfjs/graph', { spy: true })

test('graphs of more than 1 GiB are refused', () => {
  expect(() => refuseLargeGraph('users.onnx', 2 ** 30, 'ONNX')).not.toThrow()
  expect(() => refuseLargeGraph('users.onnx', 1.5 * 2 ** 30, 'ONNX')).toThrow(
    'users.onnx would have 1.5 GiB, and 1 GiB is the most for ONNX. Choose safetensors.',
  )
})

test('one for TensorFlow.js is refused before anything of it is written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'topn-limit-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  await prepareTastes(join(folder, 'prepared'))
  const { write } = await exporterOf(folder, 'mf', { epochs: 1 })
  // The constants claim a length that nobody has to hold.
  const data = Object.defineProperty(new Float32Array(1), 'byteLength', { value: 3 * 2 ** 30 })
  const huge = { name: 'items', shape: [1], dtype: 'float32' as const, data }
  vi.mocked(tfjsGraph).mockReturnValueOnce({ nodes: [], constants: [huge], inputs: {}, outputs: {} })
  const sentence = 'model.json would have 3.0 GiB, and 1 GiB is the most for TensorFlow.js. Choose safetensors.'
  await expect(write('tfjs', join(folder, 'mf'))).rejects.toThrow(sentence)
  expect(existsSync(join(folder, 'mf', 'model.json'))).toBe(false)
})
