import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExportFormatId } from '../contract/exports'
import { readPrepared } from '../data/prepared-files'
import { findModel } from '../models/registry'
import { findFormat, formats } from './formats/registry'
import { scoreHistory, scoreUser } from './proof/plain-scores'
import { exporterOf, itemIds, prepareTastes, shortParams } from './testing/exported'

/** A Python with the libraries of the examples; those that it lacks are skipped. */
const python = process.env.TOPN_PYTHON ?? 'python3'
const root = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/formats.md'), 'utf8')
const run = promisify(execFile)

const folder = mkdtempSync(join(tmpdir(), 'topn-examples-'))
const prepared = join(folder, 'prepared')
let server: Server
/** What the server has. */
let served = folder
beforeAll(async () => {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  await prepareTastes(prepared)
  server = createServer((request, response) => {
    response.end(readFileSync(join(served, request.url ?? '')))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const examples = [...page.matchAll(/```(python|js) (\S+)\n([\s\S]*?)```/g)].map(([, language, name, code]) => ({
  language,
  name,
  code,
}))
const modelOf = (name: string) =>
  ({ onnx: 'ease', 'onnx-sequence': 'two-tower', 'tfjs-sequence': 'gru4rec', bundle: 'ease' })[name as string] ?? 'ials'
const formatOf = (name: string) => name.replace('-sequence', '') as ExportFormatId
/** RecBole wants the folder of the data to be named as they are. */
const placeOf = (name: string) => join(folder, name === 'recbole' ? 'tastes' : name)

const exported = new Map<string, ReturnType<typeof write>>()
const exportOf = (name: string) => exported.get(name) ?? exported.set(name, write(name)).get(name)

async function write(name: string) {
  const id = modelOf(name)
  const model = await exporterOf(folder, id, shortParams(findModel(id)), { name: `model-${name}` })
  const { extension } = findFormat(formatOf(name))
  const file = { npz: 'model', 'similar-items': 'similar-items' }[name as string] ?? 'lists'
  const interactions = join(folder, 'log.csv')
  writeFileSync(interactions, 'user,item\na,b\n')
  const experiment = { dataset: { interactions }, models: [{ model: id }] }
  const about = { run: id, dataset: 'tastes', version: '0', pseudonymised: [], experiment }
  if (extension !== null) await run('mkdir', [placeOf(name)])
  await model.write(formatOf(name), extension === null ? placeOf(name) : join(placeOf(name), `${file}.${extension}`), {
    about,
  })
  const form = findModel(id).form?.({ tensors: model.tensors, params: model.manifest.params })
  return { model, form }
}

/** What an example is to print. */
async function expectedOf(name: string, language: string): Promise<unknown> {
  const { model, form } = (await exportOf(name)) ?? {}
  if (!model || !form) throw new Error(`no example of ${name}`)
  const best = (scores: Float64Array) => {
    const listed = [...scores.keys()].filter((item) => Number.isFinite(scores[item]))
    return listed.sort((a, b) => scores[b] - scores[a]).map((item) => itemIds[item])
  }
  const owned = Uint32Array.of(3, 8, 13)
  const history = { items: owned, ratings: Float32Array.of(1, 1, 1), recent: owned }
  const { train } = await readPrepared(prepared)
  const listed = Array.from(model.lists.items.subarray(0, 10), (item) => itemIds[item])
  const vector = [...(model.tensors.user_factors?.data.subarray(0, 8) ?? [])]
  if ((name.startsWith('onnx') || name === 'tfjs-sequence') && form.histories)
    return best(scoreHistory(form.histories, history)).slice(0, 10)
  if (name.startsWith('vectors') || name === 'projector') return itemIds.slice(0, 10)
  if (name === 'recbole' || name === 'split-parquet')
    return Array.from(train.itemIndices.subarray(0, train.offsets[1]), (item) => itemIds[item])
  if (name === 'tfjs' && language === 'python') {
    return expect.objectContaining({ user_vectors: [train.users, 8], item_vectors: [train.items, 8] })
  }
  if (language === 'js' && ['safetensors', 'npz'].includes(name)) return vector
  if (['safetensors', 'npz', 'tfjs'].includes(name) && form.users) {
    return best(scoreUser(form.users, 0, history)).slice(0, 10)
  }
  if (name === 'similar-items') return expect.arrayContaining([expect.any(String)])
  return listed
}

function modulesOf(code: string): string[] {
  const found = [...code.matchAll(/^(?:import (.+)|from (\S+) import .+)$/gm)]
  return found.flatMap(([, plain, from]) => (plain ?? from).split(', ').map((each) => each.split(' as ')[0]))
}

const canRun = (language: string, code: string) =>
  language === 'js' || spawnSync(python, ['-c', `import ${modulesOf(code).join(', ')}`]).status === 0

test('every format but the report has an example in Python and in JavaScript, of ten lines or less', () => {
  for (const { id } of formats.filter((format) => format.id !== 'report')) {
    const own = examples.filter(({ name }) => name === id)
    expect(own.map(({ language }) => language).sort(), id).toEqual(['js', 'python'])
  }
  for (const { name, code } of examples) expect(code.trim().split('\n').length, name).toBeLessThanOrEqual(10)
})

describe.each(examples)('$language of $name', ({ language, name, code }) => {
  test.runIf(canRun(language, code))(
    'prints what TopN lists or holds',
    async () => {
      await exportOf(name)
      served = placeOf(name)
      const path = join(placeOf(name), language === 'js' ? 'example.mjs' : 'example.py')
      writeFileSync(path, code.replaceAll('localhost:8080', `127.0.0.1:${(server.address() as AddressInfo).port}`))
      const { stdout } = await run(language === 'js' ? process.execPath : python, [path], { cwd: placeOf(name) })
      expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual(await expectedOf(name, language))
    },
    120_000,
  )
})
