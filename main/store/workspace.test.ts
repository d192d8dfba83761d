import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../contract/records'
import { count, openMemoryDatabase } from './database'
import { openStore } from './index'
import { testFolder } from './testing/folder'
import { quiet } from './testing/read'

const { folder, put } = testFolder()
const interactions = put('small.csv', 'user,item,rating\na,x,1\nb,y,2\na,z\n')

async function makeWorkspace(name: string): Promise<string> {
  const workspace = join(folder, name)
  const store = await openStore(workspace)
  await store.loadDataset({ source: { interactions, clean: [] }, name, ...quiet() })
  await store.close()
  return workspace
}

/** Starts the writer and answers its lines as they come. */
function startWriter(workspace: string): { child: ChildProcess; lines: AsyncIterable<string> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testing', 'writer.mjs'), workspace, interactions], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { child, lines: createInterface({ input: child.stdout }) }
}

test('what was loaded is there after opening again', async () => {
  const workspace = await makeWorkspace('again')
  const store = await openStore(workspace)
  const [dataset] = await store.datasets()
  expect(dataset).toMatchObject({ name: 'again', profile: { interactions: 2, rejected: 1 } })
  expect(await store.rejects(dataset.id, 10)).toMatchObject([{ file: interactions, line: 4 }])
  await store.close()
})

test('a workspace that this process has open is in use; a closed one is not', async () => {
  const workspace = join(folder, 'own')
  const store = await openStore(workspace)
  await expect(openStore(workspace)).rejects.toMatchObject({ code: 'WORKSPACE_IN_USE', data: { owner: process.pid } })
  await store.close()
  await (await openStore(workspace)).close()
})

describe('another process', () => {
  test('that has the workspace open is named', async () => {
    const workspace = join(folder, 'theirs')
    const { child, lines } = startWriter(workspace)
    for await (const line of lines) if (line === 'open') break
    const error = {
      code: 'WORKSPACE_IN_USE',
      message: expect.stringContaining(`process ${child.pid}`),
      data: { owner: child.pid },
    }
    await expect(openStore(workspace)).rejects.toMatchObject(error)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await (await openStore(workspace)).close()
  })

  test.each([1, 6, 13, 24])('killed after %i acknowledged writes has lost none of them', async (writes) => {
    const workspace = join(folder, `killed-${writes}`)
    const { child, lines } = startWriter(workspace)
    const acknowledged: string[] = []
    for await (const line of lines) {
      if (line !== 'open') acknowledged.push(line)
      if (acknowledged.length === writes) child.kill('SIGKILL')
    }
    const store = await openStore(workspace)
    const datasets = (await store.datasets()).map(({ id }) => id)
    const runs = (await store.runs()).map(({ id }) => id)
    for (const line of acknowledged) {
      const [kind, id, number] = line.split(' ')
      expect(kind === 'dataset' ? datasets : runs).toContain(id)
      if (kind === 'run') expect((await store.listOf(id, 99))?.items).toEqual(Uint32Array.of(+number, +number))
    }
    // What was not acknowledged is there whole or not at all.
    for (const datasetId of datasets) {
      const { encoded } = await store.encode({ datasetId, clean: [], signal: quiet().signal })
      expect(encoded.users.length).toBe(2)
    }
    await store.close()
  })
})

describe('a damaged database is refused with its path', () => {
  const damages: [name: string, damage: (bytes: Buffer) => Buffer][] = [
    ['empty', () => Buffer.alloc(0)],
    ['text', () => Buffer.from('user,item\n1,2\n')],
    ['cut', (bytes) => bytes.subarray(0, 10_000)],
    ['zeroed', (bytes) => bytes.fill(0, 0, 12_288)],
  ]
  test.each(damages)('%s', async (name, damage) => {
    const workspace = await makeWorkspace(`damaged-${name}`)
    const path = join(workspace, 'topn.duckdb')
    writeFileSync(path, damage(readFileSync(path)))
    const error = { code: 'BAD_DATA', message: expect.stringMatching(/is damaged/), data: { file: path } }
    await expect(openStore(workspace)).rejects.toMatchObject(error)
    // Nothing of it stays open.
    await expect(openStore(workspace)).rejects.toMatchObject(error)
  })

  test('changed bytes are found when they are read', async () => {
    const workspace = await makeWorkspace('changed')
    const path = join(workspace, 'topn.duckdb')
    const bytes = readFileSync(path)
    for (let at = 12_288 + 100; at < bytes.length; at += 1000) bytes[at] ^= 0xff
    writeFileSync(path, bytes)
    const reading = openStore(workspace).then((store) => store.datasets().finally(() => store.close()))
    await expect(reading).rejects.toMatchObject({ code: 'BAD_DATA', data: { file: path } })
  })
})

test('a workspace of a newer version is refused', async () => {
  const workspace = await makeWorkspace('newer')
  const instance = await DuckDBInstance.create(join(workspace, 'topn.duckdb'))
  const connection = await instance.connect()
  await connection.run('UPDATE workspace SET schema_version = 99')
  connection.closeSync()
  instance.closeSync()
  await expect(openStore(workspace)).rejects.toMatchObject({
    code: 'BAD_DATA',
    message: expect.stringMatching(/newer/),
  })
})

test('a folder that cannot be one is refused', async () => {
  await expect(openStore(join(interactions, 'below'))).rejects.toMatchObject({ code: 'BAD_DATA' })
  mkdirSync(join(folder, 'odd', 'topn.duckdb'), { recursive: true })
  await expect(openStore(join(folder, 'odd'))).rejects.toMatchObject({ code: 'BAD_DATA' })
})

test('what does not fit into memory says so, and the database goes on', async () => {
  const database = await openMemoryDatabase()
  const tooMuch = database.use(async (connection) => {
    await connection.run("SET memory_limit = '20MB'; SET max_temp_directory_size = '1MB'")
    await connection.run('CREATE TEMP TABLE large AS SELECT range, md5(range::VARCHAR) AS text FROM range(3000000)')
  })
  await expect(tooMuch).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' })
  expect(await database.use((connection) => count(connection, 'SELECT 1'))).toBe(1)
  database.close()
})

test('many records saved at once are all there', async () => {
  const store = await openStore(join(folder, 'many'))
  const ids = Array.from({ length: 50 }, (_, at) => `run-${at}`)
  await Promise.all(ids.map((id, at) => store.saveRun({ id, createdAt: String(1000 + at) } as RunRecord)))
  await Promise.all(ids.map((id, at) => store.saveRun({ id, createdAt: String(1000 + at), name: 'new' } as RunRecord)))
  expect((await store.runs()).map(({ id, name }) => [id, name])).toEqual(ids.map((id) => [id, 'new']))
  await store.close()
})
