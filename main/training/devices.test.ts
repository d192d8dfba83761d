import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { installRecordedPackage, losingCard, softwareCard } from '../compute/testing/devices'
import { bestDevice, type DeviceRecord, offeredDevice } from '../contract/devices'
import { TopnError } from '../contract/errors'
import { findModel } from '../models/registry'
import { deviceFor, listDevices } from './devices'
import type { TaskRunner } from './processes'
import { openDeviceBench } from './testing/on-device'

const native = mkdtempSync(join(tmpdir(), 'topn-native-'))
installRecordedPackage(native, '@tensorflow/tfjs-node-gpu')
const card = softwareCard()
const bench = await openDeviceBench({ XDG_DATA_HOME: native, ...card })
afterAll(bench.close)

const few = { embedding_size: 8, epochs: 3, batch_size: 64, learning_rate: 0.01 }

test('a device that works says what computed', async () => {
  expect(await bench.perform({ kind: 'probe-device', device: 'cpu' })).toMatchObject({
    available: true,
    backend: 'wasm',
  })
  // With the recorded interface of tfjs-node: that a real card computes it cannot show.
  expect(await bench.perform({ kind: 'probe-device', device: 'cuda' })).toMatchObject({
    available: true,
    backend: 'tensorflow',
  })
})

test('a network trains on the device that was chosen, to the same losses', async () => {
  const cpu = await bench.train('gmf', 'cpu', few)
  const cuda = await bench.train('gmf', 'cuda', few)
  expect(cpu).toMatchObject({ device: 'cpu' })
  expect(cuda).toMatchObject({ device: 'cuda' })
  expect(cuda.losses).toHaveLength(3)
  cuda.losses.forEach((loss, at) => {
    expect(loss).toBeCloseTo(cpu.losses[at], 4)
  })
})

test.skipIf(card === null)('and on a graphics card, imitated by software', async () => {
  expect(await bench.perform({ kind: 'probe-device', device: 'webgpu' })).toMatchObject({
    ...{ available: true, backend: 'webgpu', isSoftware: true },
    name: expect.stringContaining('SwiftShader'),
  })
  const [cpu, webgpu] = [await bench.train('gmf', 'cpu', few), await bench.train('gmf', 'webgpu', few)]
  expect(webgpu).toMatchObject({ device: 'webgpu', name: expect.stringContaining('SwiftShader') })
  webgpu.losses.forEach((loss, at) => {
    expect(loss).toBeCloseTo(cpu.losses[at], 4)
  })
  // Sums of rows have one order there too.
  expect((await bench.train('gmf', 'webgpu', few)).weights).toEqual(webgpu.weights)
})

test.skipIf(card === null)(
  'a card that is lost while it computes ends the run, and what is left is offered',
  async () => {
    const lost = await openDeviceBench({ ...card, ...losingCard(20) })
    try {
      await expect(lost.train('gmf', 'webgpu', few)).rejects.toMatchObject({
        code: 'DEVICE_FAILED',
        message: expect.stringMatching(
          /^The graphics card \(WebGPU\) was lost while it computed: .*\. Run it again, or on another device\.$/,
        ),
        data: { device: 'webgpu', failure: 'lost', offerDevice: 'cpu' },
      })
    } finally {
      lost.close()
    }
  },
)

test('what is not there is said before anything is trained', async () => {
  await expect(bench.train('gmf', 'native-cpu', few)).rejects.toMatchObject({
    code: 'DEVICE_FAILED',
    data: { device: 'native-cpu', offerDevice: 'cpu' },
  })
})

test('networks alone take the device', () => {
  expect(deviceFor(findModel('ials'), { device: 'webgpu' })).toBe('cpu')
  expect(deviceFor(findModel('gmf'), { device: 'best' })).toBe('best')
  const member = {
    runId: 'a',
    name: 'a',
    params: {},
    seed: 1,
    features: null,
    weight: null,
    learned: null,
    artifact: null,
  }
  const ofNetworks = { device: 'cuda' as const, members: [{ ...member, model: 'gmf' }] }
  expect(deviceFor(findModel('ensemble'), ofNetworks)).toBe('cuda')
})

test('a device whose driver ends its process is not available, and the others are', async () => {
  const runTask = (async (task: { device: string }) => {
    if (task.device === 'webgpu') throw new TopnError('PROCESS_ENDED', "The job's process was ended by SIGSEGV.")
    return { id: task.device, available: true, isSoftware: false }
  }) as unknown as TaskRunner
  const found = await listDevices(runTask)
  expect(found.find(({ id }) => id === 'webgpu')).toMatchObject({
    ...{ available: false, detail: "The job's process was ended by SIGSEGV." },
  })
  expect(found.filter(({ available }) => available)).toHaveLength(found.length - 1)
})

test('what is offered in the place of a device that failed works, and is no software', () => {
  const cpu = { id: 'cpu', available: true, isSoftware: false } as DeviceRecord
  const card = { ...cpu, id: 'webgpu' } as DeviceRecord
  expect(offeredDevice('webgpu', [card, cpu])).toBe('webgpu')
  expect(offeredDevice('webgpu', [{ ...card, available: false }, cpu])).toBe('cpu')
  expect(offeredDevice('webgpu', [{ ...card, isSoftware: true }, cpu])).toBe('cpu')
  expect(offeredDevice('webgpu', [])).toBe('webgpu')
  expect(offeredDevice(null, [cpu])).toBeNull()
})

test('the best is no software', () => {
  const device = (id: string, changes: object = {}) =>
    ({ id, available: true, isSoftware: false, ...changes }) as DeviceRecord
  expect(bestDevice([device('cpu'), device('webgpu', { isSoftware: true })])?.id).toBe('cpu')
  expect(bestDevice([device('cpu'), device('webgpu')])?.id).toBe('webgpu')
  expect(bestDevice([device('cpu'), device('webgpu'), device('cuda')])?.id).toBe('cuda')
  expect(bestDevice([device('native-cpu'), device('cpu'), device('cuda', { available: false })])?.id).toBe('cpu')
})
