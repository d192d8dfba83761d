import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { remoteCard } from '../main/compute/tensorflow/remote-card'
import { differentiatedStep, type Loss } from '../main/compute/tensorflow/step'
import { openTensorflow, type Tensorflow } from '../main/compute/tensorflow/tensorflow'
import { openWebgpu, showToPage } from '../main/compute/tensorflow/webgpu'
import { type FromGraphics, graphicsPortMessage, type ToGraphics } from '../main/contract/graphics'
import { securityHeaders } from '../main/serve/headers'
import { readStaticFiles } from '../main/serve/static-files'

// The page of the desktop's hidden window, in a Chromium whose graphics card is software. Electron itself is not run here: in its
// place the test hands messages to the page's port.
test.use({
  launchOptions: {
    ...(process.env.TOPN_CHROMIUM && { executablePath: process.env.TOPN_CHROMIUM }),
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  },
})

const files = readStaticFiles(join(import.meta.dirname, '..', 'out', 'renderer'))
const server = createServer((request, response) => {
  const file = files.get(request.url ?? '')
  response.writeHead(file ? 200 : 404, { ...securityHeaders([]), 'content-type': file?.type ?? 'text/plain' })
  response.end(file?.content)
})
test.beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
test.afterAll(() => void server.close())

const tableLoss: Loss = ({ tf }, { table, layer }, { rows, targets }) =>
  tf.mean(tf.square(tf.sub(tf.tanh(tf.matMul(tf.gather(table, rows), layer)), targets)))

const numbers = (count: number, step: number) => Float32Array.from({ length: count }, (_, at) => Math.sin(at * step))

async function train(tensorflow: Tensorflow): Promise<number[]> {
  const weights = {
    table: { shape: [9, 4], data: numbers(36, 0.7) },
    layer: { shape: [4, 4], data: numbers(16, 1.3) },
  }
  const step = differentiatedStep(tensorflow, tableLoss, { weights, weightDecay: 0, clipNorm: 0 })
  const batch = {
    rows: { shape: [6], data: Int32Array.of(0, 3, 3, 8, 1, 5) },
    targets: { shape: [6, 4], data: numbers(24, 0.4) },
  }
  const losses: number[] = []
  for (let at = 0; at < 3; at++) losses.push(await step.run(batch, { learningRate: 0.05, uniform: () => 0.5 }))
  return losses
}

test('a network trains on the WebGPU of the hidden page', { tag: '@long' }, async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  const listeners: ((message: FromGraphics) => void)[] = []
  await page.exposeFunction('tell', (text: string) => {
    const message = JSON.parse(text, reviveBytes)
    for (const listen of listeners) listen(message)
  })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphics.html`)
  const card = remoteCard({
    post: (commands: ToGraphics) => void page.evaluate(hand, JSON.stringify(commands, replaceBytes)),
    onMessage: (listener) => void listeners.push(listener),
    onClose() {},
  })
  await page.evaluate(connect, graphicsPortMessage)
  const found = await card
  expect(found).toMatchObject({ name: expect.stringMatching(/swiftshader/i), isSoftware: true })
  showToPage({} as GPU)
  const remote = await train(await openWebgpu(async () => found))
  const cpu = await train(await openTensorflow('cpu'))
  remote.forEach((loss, at) => {
    expect(loss).toBeCloseTo(cpu[at], 5)
  })
  expect(remote[2]).toBeLessThan(remote[0])
  expect(complaints).toEqual([])
})

// Playwright carries JSON alone, a port typed arrays.

const replaceBytes = (_: string, value: unknown) =>
  value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value

const reviveBytes = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && 'base64' in value
    ? new Uint8Array(Buffer.from(String(value.base64), 'base64'))
    : value

interface Relay {
  tell(text: string): void
  port?: MessagePort
}

/** In the page: opens its port and hands on what comes out of it. */
function connect(name: string): void {
  const relay = window as unknown as Relay
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }) => {
    const text = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    relay.tell(JSON.stringify(data, (_, value) => (value instanceof Uint8Array ? { base64: text(value) } : value)))
  }
  relay.port = port1
  window.postMessage(name, location.origin, [port2])
}

/** In the page: hands commands to its port, bytes as a port carries them. */
function hand(text: string): void {
  const revive = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && 'bytes' in value && typeof value.bytes === 'string'
      ? Uint8Array.from(atob(value.bytes), (letter) => letter.charCodeAt(0))
      : value
  ;(window as unknown as Relay).port?.postMessage(JSON.parse(text, revive))
}
