import { afterAll, beforeAll, expect, test } from 'vitest'
import { models } from '../models/registry'
import { openTestEngine, type TestEngine } from './testing/open-engine'

let engine: TestEngine
let datasetId: string
beforeAll(async () => {
  engine = await openTestEngine({ memoryLimitBytes: 2 ** 30 })
  const { subject } = await engine.jobEnded((await engine.call('datasets.sample', {})).id)
  datasetId = subject as string
})
afterAll(() => engine.close())

const counts = { users: 50_000, items: 20_000, interactions: 1_000_000 }

test('every model with each of its presets says what it would cost, without a process', async () => {
  const entries = models.flatMap(({ id, presets }) => presets.map((preset) => ({ model: id, preset: preset.id })))
  const estimates = await engine.call('models.estimate', { datasetId, models: entries })
  expect(estimates.map(({ model }) => model)).toEqual(entries.map(({ model }) => model))
  for (const { seconds, bytes, limitBytes, offer } of estimates) {
    expect(seconds).toBeGreaterThan(0)
    expect(bytes).toBeGreaterThan(2 ** 20)
    expect([limitBytes, offer]).toEqual([2 ** 30, null])
  }
  expect(engine.processes).toEqual([])
})

test('more epochs take longer, longer vectors more memory, more data both', async () => {
  const entries = [{}, { epochs: 150 }, { embedding_size: 512 }].map((params) => ({ model: 'ials', params }))
  const [usual, longer, larger] = await engine.call('models.estimate', { datasetId, models: entries })
  expect(longer.seconds).toBeGreaterThan(usual.seconds)
  expect(longer.bytes).toBe(usual.bytes)
  expect(larger.bytes).toBeGreaterThan(usual.bytes)
  const [whole] = await engine.call('models.estimate', { datasetId, counts, models: entries })
  expect(whole.seconds).toBeGreaterThan(usual.seconds)
  expect(whole.bytes).toBeGreaterThan(usual.bytes)
})

test('what does not fit comes with what does', async () => {
  const [ease] = await engine.call('models.estimate', { datasetId, counts, models: [{ model: 'ease' }] })
  // 8 items² bytes are 3.2 GB.
  expect(ease.bytes).toBeGreaterThan(3.2e9)
  expect(ease.offer).toMatchObject({ model: 'pure-svd', params: {} })
  expect(ease.offer?.bytes).toBeLessThan(2 ** 30)
})

test('what a network may hold depends on the device: on the processor it lies on one heap, whatever memory there is', async () => {
  const large = await openTestEngine({ memoryLimitBytes: 2 ** 36 })
  try {
    const { subject } = await large.jobEnded((await large.call('datasets.sample', {})).id)
    const params = { embedding_size: 512 }
    const ask = async (device?: 'cpu' | 'webgpu') => {
      const size = {
        datasetId: String(subject),
        counts: { ...counts, users: 400_000 },
        models: [{ model: 'gmf', params }],
      }
      return (await large.call('models.estimate', { ...size, ...(device && { device }) }))[0]
    }
    const [unknown, cpu, webgpu] = [await ask(), await ask('cpu'), await ask('webgpu')]
    expect([unknown.limitBytes, unknown.offer]).toEqual([2 ** 36, null])
    expect(webgpu).toEqual(unknown)
    expect(cpu.bytes).toBe(webgpu.bytes)
    expect(cpu.bytes).toBeGreaterThan(cpu.limitBytes)
    expect(cpu.limitBytes).toBeLessThan(2 ** 32)
    expect(cpu.offer).toMatchObject({ model: 'gmf', params: { embedding_size: expect.any(Number) } })
    expect(cpu.offer?.bytes).toBeLessThanOrEqual(cpu.limitBytes)
  } finally {
    await large.close()
  }
})

test('a wrong parameter or preset is refused, naming the field', async () => {
  const wrong = engine.call('models.estimate', { datasetId, models: [{ model: 'ials', preset: 'nope' }] })
  await expect(wrong).rejects.toMatchObject({ code: 'BAD_REQUEST', data: { field: 'models[0].preset' } })
})
