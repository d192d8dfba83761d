import { afterEach, expect, test, vi } from 'vitest'
import type { FromGraphics, ToGraphics } from '../../main/contract/graphics'
import { serveGraphics } from './serve'

afterEach(() => void vi.unstubAllGlobals())

/** The page's WebGPU and its port, which the test plays. */
async function serve(requestDevice: () => Promise<unknown>) {
  const requestAdapter = async () => ({ limits: {}, info: { description: 'card' }, requestDevice })
  vi.stubGlobal('navigator', { gpu: { requestAdapter } })
  vi.stubGlobal('GPUBufferUsage', { COPY_DST: 8, MAP_READ: 1 })
  vi.stubGlobal('GPUMapMode', { READ: 1 })
  const said: FromGraphics[] = []
  let hear: (commands: ToGraphics) => void = () => {}
  await serveGraphics({
    post: (message) => void said.push(message),
    onMessage(listener) {
      hear = listener
    },
    onClose() {},
  })
  return { said, tell: (commands: ToGraphics) => hear(commands) }
}

test('a driver that gives no device is said', async () => {
  const { said } = await serve(() => Promise.reject(new Error('no')))
  expect(said).toEqual([{ say: 'missing', reason: 'Its driver gives no device; update it.' }])
})

test('what fails is answered', async () => {
  const buffer = { mapAsync: () => Promise.reject(new Error('no mapping')) }
  const { said, tell } = await serve(async () => ({
    lost: new Promise(() => {}),
    addEventListener() {},
    createBuffer: () => buffer,
    createCommandEncoder: () => ({ copyBufferToBuffer() {}, finish: () => ({}) }),
    queue: { submit() {} },
  }))
  expect(said.splice(0)).toMatchObject([{ say: 'ready' }])
  tell([
    { do: 'buffer', id: 1, size: 8, usage: 0 },
    { do: 'read', buffer: 1, offset: 0, size: 8, answer: 2 },
  ])
  await vi.waitUntil(() => said.length > 0)
  expect(said.splice(0)).toEqual([{ say: 'failed', reason: 'no mapping', isMemory: false, answer: 2 }])
  tell([{ do: 'destroy', buffer: 9 }])
  expect(said).toEqual([{ say: 'failed', reason: 'there is no 9', isMemory: false }])
})
