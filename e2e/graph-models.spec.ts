import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { scoring } from '../main/export/graphs/scoring'
import { scoreBySequence } from '../main/export/proof/plain-sequences'
import { artifactsOf } from '../main/export/testing/programs'
import { filledUp, sequenceForms, sequences } from '../main/export/testing/sequence-forms'

// TensorFlow.js as it is published, in a Chromium whose graphics card is software.
test.use({
  launchOptions: {
    ...(process.env.TOPN_CHROMIUM && { executablePath: process.env.TOPN_CHROMIUM }),
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  },
})

const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html')
  response.end('<!doctype html><title>graph models</title>')
})
test.beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
test.afterAll(() => void server.close())

const scripts = ['core', 'converter', 'backend-webgpu'].map((name) =>
  join(import.meta.dirname, '..', 'node_modules', '@tensorflow', `tfjs-${name}`, 'dist', `tf-${name}.min.js`),
)
const longest = Math.max(...sequences.map((row) => row.length))

test('sequence models score on WebGPU, and nothing but scores is read back', { tag: '@long' }, async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  for (const path of scripts) await page.addScriptTag({ path })
  for (const [name, form] of Object.entries(sequenceForms)) {
    const { weightData, ...artifacts } = artifactsOf(scoring(form))
    const weights = Buffer.from(weightData).toString('base64')
    const given = { artifacts, weights, items: filledUp(sequences, longest) }
    const found = await page.evaluate(scoreTwice, given)
    const expected = sequences.flatMap((row) => [...scoreBySequence(form, Uint32Array.from(row))])
    expect(found.length).toBe(expected.length)
    expected.forEach((score, at) => {
      if (Number.isNaN(score)) expect(found[at], name).toBe(Number.NEGATIVE_INFINITY)
      else expect(Math.abs(found[at] - score), name).toBeLessThan(1e-4)
    })
  }
  expect(complaints).toEqual([])
})

interface Given {
  artifacts: object
  weights: string
  items: { shape: number[]; numbers: number[] }
}

/** In the page; the second time constants lie on the card. */
async function scoreTwice({ artifacts, weights, items }: Given): Promise<number[]> {
  type Converter = typeof import('@tensorflow/tfjs-converter')
  type Core = typeof import('@tensorflow/tfjs-core')
  const { tf } = globalThis as unknown as { tf: Core & Converter }
  if (!(await tf.setBackend('webgpu'))) throw new Error('there is no WebGPU')
  const weightData = Uint8Array.from(atob(weights), (letter) => letter.charCodeAt(0)).buffer
  const model = await tf.loadGraphModel(tf.io.fromMemory({ ...artifacts, weightData }))
  const input = { items: tf.tensor(items.numbers, items.shape, 'int32') }
  await (model.predict(input) as import('@tensorflow/tfjs-core').Tensor).data()
  const scores = await (model.predict(input) as import('@tensorflow/tfjs-core').Tensor).data()
  return [...scores]
}
