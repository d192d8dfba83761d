import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { performTask } from '../training/perform-task'
import type { TaskRunner } from '../training/processes'
import { exporterOf, prepareTastes, usualSettings } from './testing/exported'

const folder = mkdtempSync(join(tmpdir(), 'topn-export-'))
const out = join(folder, 'out')
afterAll(() => rmSync(folder, { recursive: true }))

let ials: Awaited<ReturnType<typeof exporterOf>>
beforeAll(async () => {
  await prepareTastes(join(folder, 'prepared'))
  ials = await exporterOf(folder, 'ials', { embedding_size: 6, epochs: 3 })
})
beforeEach(() => {
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out)
})

const nothingElse = (...names: string[]) => expect(readdirSync(out).sort()).toEqual(names)

test('a folder is whole, with the proof and the fingerprints of its files', async () => {
  const path = join(out, 'model')
  const { proof } = await ials.write('safetensors', path)
  expect(proof).toMatchObject({ users: 100, histories: 20, topAgreement: 1 })
  expect(proof?.largestDifference).toBeLessThan(1e-5)
  expect(JSON.parse(readFileSync(join(path, 'proof.json'), 'utf8'))).toEqual(proof)
  const { files } = JSON.parse(readFileSync(join(path, 'export.json'), 'utf8'))
  expect(Object.keys(files)).toEqual(['README.md', 'item_ids.json', 'model.safetensors', 'proof.json', 'user_ids.json'])
  nothingElse('model')
})

test('a path that ends with .zip makes one file of a folder', async () => {
  await ials.write('safetensors', join(out, 'model.zip'))
  nothingElse('model.zip')
})

describe('what is there already', () => {
  test('is replaced only when that is asked for', async () => {
    const path = join(out, 'lists.csv')
    writeFileSync(path, 'mine')
    await expect(ials.write('csv', path)).rejects.toMatchObject({ code: 'EXISTS', data: { file: path } })
    expect(readFileSync(path, 'utf8')).toBe('mine')
    await ials.write('csv', path, { overwrite: true })
    expect(readFileSync(path, 'utf8')).toMatch(/^\ufeffuser_id/)
  })

  test('counts beside a single file too, where its proof goes', async () => {
    const path = join(out, 'lists.csv')
    const beside = `${path}.proof.json`
    writeFileSync(beside, 'mine')
    await expect(ials.write('csv', path)).rejects.toMatchObject({ code: 'EXISTS', data: { file: beside } })
    expect(readFileSync(beside, 'utf8')).toBe('mine')
    nothingElse('lists.csv.proof.json')
    const { proof } = await ials.write('csv', path, { overwrite: true })
    expect(JSON.parse(readFileSync(beside, 'utf8'))).toEqual(proof)
    nothingElse('lists.csv', 'lists.csv.proof.json')
  })

  test('is never replaced where it is a folder of other things', async () => {
    const path = join(out, 'home')
    mkdirSync(path)
    writeFileSync(join(path, 'letter.txt'), 'mine')
    await expect(ials.write('safetensors', path, { overwrite: true })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(readdirSync(path)).toEqual(['letter.txt'])
  })

  test('an older export is replaced whole', async () => {
    const path = join(out, 'model')
    await ials.write('safetensors', path)
    writeFileSync(join(path, 'stale.txt'), '')
    await ials.write('safetensors', path, { overwrite: true })
    expect(readdirSync(path)).not.toContain('stale.txt')
    nothingElse('model')
  })
})

describe('where it does not come to an end', () => {
  const failing =
    (change: (taskFolder: string) => void): TaskRunner =>
    async (task, context) => {
      const answer = await performTask(task, context)
      if (task.kind === 'export') change(task.folder)
      return answer as never
    }

  test.each(['safetensors', 'csv'] as const)('a full disk is said, and nothing is left: %s', async (format) => {
    const path = join(out, 'model')
    writeFileSync(path, 'old')
    const full = failing(() => {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    })
    const refused = ials.write(format, join(out, 'new'), {}, full)
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining('the disk is full') })
    nothingElse('model')
  })

  test('files that give other scores are an error, and are not kept', async () => {
    const damage = failing((taskFolder) => {
      const path = join(taskFolder, 'model.safetensors')
      const bytes = readFileSync(path)
      bytes.fill(0, bytes.length - 2000)
      writeFileSync(path, bytes)
    })
    const refused = ials.write('safetensors', join(out, 'model'), {}, damage)
    await expect(refused).rejects.toMatchObject({ code: 'BAD_DATA', message: expect.stringContaining('read back') })
    nothingElse()
  })

  test.each([
    ['csv', 'lists.csv', /,1\r\n/, ',2\r\n'],
    ['csv', 'lists.csv', /\r\n[^\r]+\r\n/, '\r\n'],
    ['trec', 'run.txt', / Q0 \S+/, ' Q0 another'],
    ['recbole', 'tastes.train.inter', /\n[^\n]+\n/, '\n'],
  ] as const)('rows of %s that are others than the model has are an error: %s', async (format, name, from, to) => {
    const damage = failing((taskFolder) => {
      const path = join(taskFolder, name)
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
    })
    const refused = ials.write(format, join(out, 'rows'), {}, damage)
    await expect(refused).rejects.toMatchObject({ code: 'BAD_DATA', message: expect.stringContaining('read back') })
    nothingElse()
  })

  test('a cancel leaves nothing', async () => {
    const controller = new AbortController()
    const cancelling = failing(() => controller.abort(new Error('cancelled')))
    const cancelled: TaskRunner = async (task, context) => {
      const answer = await cancelling(task, context)
      controller.signal.throwIfAborted()
      return answer
    }
    await expect(ials.write('safetensors', join(out, 'model'), {}, cancelled)).rejects.toThrow('cancelled')
    nothingElse()
  })
})

test.each([
  ['float16', 0],
  ['int8', 0],
  ['float32', 0.5],
] as const)(
  'a model made smaller, %s with %d of it cut, is proved by the numbers that a reader gets',
  async (precision, prune) => {
    const settings = { ...usualSettings, format: 'safetensors' as const, compression: { precision, prune } }
    const whole = await ials.write('safetensors', join(out, 'whole'))
    const { proof, bytes } = await ials.write('safetensors', join(out, 'small'), { settings })
    expect(proof?.topAgreement).toBe(1)
    if (prune === 0) expect(bytes).toBeLessThan(whole.bytes)
  },
)
