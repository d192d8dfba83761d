import { afterAll, expect, test } from 'vitest'
import { softwareCard } from '../compute/testing/devices'
import { isNetwork } from '../contract/parameters'
import { models } from '../models/registry'
import { openDeviceBench } from './testing/on-device'

const card = softwareCard()
if (card === null)
  console.warn("Networks are not compared on WebGPU: Debian's chromium, whose SwiftShader it takes, is missing.")
const bench = await openDeviceBench(card ?? {})
afterAll(bench.close)

const networks = models.filter((model) => isNetwork(model) && model.features !== 'required')

test.skipIf(card === null).each(networks.map(({ id, parameters }) => ({ id, parameters })))(
  '$id learns the same on the processor and on a graphics card, there to the same bits each time',
  async ({ id, parameters }) => {
    const wanted = { embedding_size: 8, hidden_size: 16, epochs: 3, batch_size: 64, learning_rate: 0.005 }
    const params = Object.fromEntries(
      Object.entries(wanted).filter(([name]) => parameters.some((parameter) => parameter.name === name)),
    )
    const [cpu, webgpu] = [await bench.train(id, 'cpu', params), await bench.train(id, 'webgpu', params)]
    expect([cpu.device, webgpu.device]).toEqual(['cpu', 'webgpu'])
    expect(cpu.losses).toHaveLength(3)
    webgpu.losses.forEach((loss, at) => {
      expect(Math.abs(loss - cpu.losses[at])).toBeLessThan(1e-3 * Math.max(1, Math.abs(cpu.losses[at])))
    })
    expect((await bench.train(id, 'webgpu', params)).weights).toEqual(webgpu.weights)
  },
  240_000,
)
