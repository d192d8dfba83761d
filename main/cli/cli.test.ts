import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { printable } from './table'

/** Built by scripts/vitest-setup.mjs. */
const cli = resolve(import.meta.dirname, '../../out/test/cli.js')
const folder = mkdtempSync(join(tmpdir(), 'topn-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  code: number
  out: string
  err: string
}

function topn(...words: string[]): Promise<Ended> {
  return new Promise((done) => {
    execFile(process.execPath, [cli, ...words], { cwd: folder }, (error, out, err) => {
      done({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

/** Two groups of ten users; each user has chosen all but one of the five items of their group, in order of time. */
function twoGroups(): string {
  const lines = ['user,item,rating,timestamp']
  for (let user = 0; user < 20; user++) {
    for (let item = 0; item < 5; item++) {
      if (item !== user % 5) lines.push(`u${user},${user % 2 ? 'odd' : 'even'}-${item},5,${1_700_000_000 + item}`)
    }
  }
  return `${lines.join('\n')}\n`
}

const experiment = {
  dataset: { interactions: 'two-groups.csv' },
  evaluation: { cutoffs: [1, 3], metrics: ['hit-rate', 'ndcg'] },
  models: [
    { model: 'popularity' },
    { model: 'item-knn' },
    { model: 'ials', preset: 'quick', params: { embedding_size: 8 } },
  ],
  seed: 3,
}

function write(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

let ran: Ended
beforeAll(async () => {
  write('two-groups.csv', twoGroups())
  ran = await topn('run', write('experiment.json', experiment), '--out', 'out')
})

test('run prints and writes the leaderboard', () => {
  // The last item of a group is never anybody's but the last. The spread over the 20 users is assumed to be 0.2.
  const warnings = [
    'Warning: 2 items of the test part (50 %) have no training interaction.',
    'Warning: With 20 users a difference in ndcg@3 below 0.13 will rarely be found; 0.01 takes 3140 users.',
  ]
  expect(ran).toMatchObject({ code: 0, err: `${warnings.join('\n')}\n` })
  const board = JSON.parse(readFileSync(join(folder, 'out', 'leaderboard.json'), 'utf8'))
  expect(board.failed).toBeUndefined()
  expect(board.runs.map(({ model }: { model: string }) => model)).toEqual(['popularity', 'item-knn', 'ials'])
  for (const run of board.runs) {
    expect(Object.keys(run).sort()).toEqual(
      ['device', 'evaluate_seconds', 'fit_seconds', 'id', 'metrics', 'model', 'params', 'seed'].sort(),
    )
    expect(run).toMatchObject({ seed: 3, device: 'cpu' })
    expect(Object.keys(run.metrics).sort()).toEqual(['hit-rate@1', 'hit-rate@3', 'ndcg@1', 'ndcg@3'])
    expect(ran.out).toContain(run.id)
    expect(existsSync(join(folder, 'out', 'artifacts', run.id, 'manifest.json'))).toBe(true)
  }
  expect(board.runs[2].params).toMatchObject({ embedding_size: 8, epochs: 6 })
  const { comparison } = board
  expect(comparison).toMatchObject({ metric: 'ndcg@3', users: 20, test: 't', level: 0.95, resamples: 2000, seed: 42 })
  const ndcgOf = (id: string) => board.runs.find((run: { id: string }) => run.id === id).metrics['ndcg@3']
  expect(comparison.runs).toHaveLength(2)
  for (const { id, difference, interval, better, equal, worse } of comparison.runs) {
    expect(difference).toBeCloseTo(ndcgOf(id) - ndcgOf(comparison.reference), 12)
    expect(interval[0]).toBeLessThanOrEqual(interval[1])
    expect(better + equal + worse).toBe(20)
    expect(ran.out).toContain(`better for ${Math.round(5 * better)} % of users, worse for ${Math.round(5 * worse)} %`)
  }
})

test('run writes lists with the ids of the file', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const path = join(folder, 'out', 'lists', 'item-knn-1.parquet')
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${path}')`)
  expect(described.getRows().map(([name, type]) => `${name} ${type}`)).toEqual([
    'user_id VARCHAR',
    'item_id VARCHAR',
    'score FLOAT',
    'rank INTEGER',
  ])
  const rows = await connection.runAndReadAll(
    `SELECT count(DISTINCT user_id), min(rank), max(rank),
       count(*) FILTER (substr(item_id, 1, 3) <> CASE WHEN substr(user_id, 2)::INT % 2 = 1 THEN 'odd' ELSE 'eve' END)
     FROM read_parquet('${path}')`,
  )
  const [[users, first, last, foreign]] = rows.getRows().map((row) => row.map(Number))
  expect({ users, first, foreign }).toEqual({ users: 20, first: 1, foreign: 0 })
  expect(last).toBeLessThanOrEqual(3)
})

test('the same experiment comes to the same numbers, also in a workspace beside', async () => {
  const again = await topn('run', 'experiment.json', '--out', 'again', '--workspace', 'workspace', '--threads', '1')
  expect(again.code).toBe(0)
  const metrics = (out: string) =>
    JSON.parse(readFileSync(join(folder, out, 'leaderboard.json'), 'utf8')).runs.map(
      (run: { metrics: object }) => run.metrics,
    )
  expect(metrics('again')).toEqual(metrics('out'))
  expect(readdirSync(join(folder, 'again')).sort()).toEqual(['artifacts', 'leaderboard.json', 'lists', 'prepared'])
  expect(existsSync(join(folder, 'workspace', 'topn.duckdb'))).toBe(true)
})

test.each(['out', 'again', 'workspace'])('recommend reads %s', async (run) => {
  const { code, out } = await topn('recommend', '--run', run, '--model', 'ials', '--user', 'u4', '-k', '2', '--json')
  expect(code).toBe(0)
  // Of the five items of their group this user lacks the last, which is the test item of most others.
  const list = JSON.parse(out)
  expect(list).toHaveLength(2)
  expect(list[0]).toMatchObject({ rank: 1, title: null })
  expect(list[0].item).toMatch(/^even-/)
})

test('recommend without a model takes the best of the leaderboard', async () => {
  const { code, out } = await topn('recommend', '--run', 'out', '--user', 'u1')
  expect(code).toBe(0)
  expect(out).toMatch(/^rank +item +title +score/)
})

test('recommend --all lists for every user from all data', async () => {
  const { code, out } = await topn('recommend', '--run', 'out', '--model', 'item-knn', '--all', '-k', '1')
  expect(code).toBe(0)
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const rows = await connection.runAndReadAll(`SELECT user_id, item_id FROM read_parquet('${out.trim()}')`)
  // Nothing is held out, so the one item of their group that a user lacks is all that is left to list.
  const wanted = Array.from({ length: 20 }, (_, user) => `u${user} ${user % 2 ? 'odd' : 'even'}-${user % 5}`)
  expect(
    rows
      .getRows()
      .map((row) => row.join(' '))
      .sort(),
  ).toEqual(wanted.sort())
})

test.each([
  ['an unknown user', ['recommend', '--run', 'out', '--user', 'nobody'], 1, 'nobody'],
  ['an unknown model', ['recommend', '--run', 'out', '--model', 'nothing', '--user', 'u1'], 1, 'nothing'],
  ['an empty folder', ['recommend', '--run', '.', '--user', 'u1'], 1, 'no trained model'],
  ['neither user nor all', ['recommend', '--run', 'out'], 2, '--user'],
  ['a port that there is not', ['serve', '--workspace', 'served', '--port', '70000'], 2, '65535'],
  ['a wrong k', ['recommend', '--run', 'out', '--user', 'u1', '-k', '0'], 2, '-k'],
  ['an unknown option', ['models', '--nope'], 2, '--nope'],
  ['an unknown command', ['nope'], 2, 'nope'],
  ['a missing data file', ['profile', 'nope.csv'], 1, 'nope.csv'],
  ['a missing experiment file', ['run', 'nope.json', '--out', 'x'], 2, 'nope.json'],
  ['no output folder', ['run', 'experiment.json'], 2, '--out'],
])('%s is refused', async (_name, words, code, said) => {
  const ended = await topn(...words)
  expect(ended.code).toBe(code)
  expect(ended.err).toMatch(/^topn: /)
  expect(ended.err).toContain(said)
})

test.each([
  ['models[0].model', { ...experiment, models: [{ model: 'nothing' }] }],
  [
    'models[1].params.neighbors',
    { ...experiment, models: [{ model: 'ials' }, { model: 'item-knn', params: { neighbors: 0 } }] },
  ],
  [
    'models[0].params.__proto__',
    { ...experiment, models: [{ model: 'ials', params: JSON.parse('{"__proto__": 5}') }] },
  ],
  ['models[0].params.nothing', { ...experiment, models: [{ model: 'ials', params: { nothing: 1 } }] }],
  ['models[0].preset', { ...experiment, models: [{ model: 'ials', preset: 'nothing' }] }],
  ['models', { dataset: experiment.dataset }],
  ['dataset', { models: experiment.models }],
  ['dataset.interactions', { ...experiment, dataset: {} }],
  ['dataset.clean[0].step', { ...experiment, dataset: { interactions: 'x', clean: [{ step: 'nothing' }] } }],
  ['split.strategy', { ...experiment, split: { strategy: 'nothing' } }],
  ['split.at', { ...experiment, split: { strategy: 'temporal', at: 'yesterday' } }],
  ['split.ratio', { ...experiment, split: { strategy: 'random', ratio: 2 } }],
  ['evaluation.cutoffs[1]', { ...experiment, evaluation: { cutoffs: [5, 0] } }],
  ['evaluation.metrics[0]', { ...experiment, evaluation: { metrics: ['nothing'] } }],
  ['seed', { ...experiment, seed: -1 }],
  ['speed', { ...experiment, speed: 1 }],
])('a wrong %s ends in exit 2 and its name', async (field, content) => {
  const ended = await topn('run', write('wrong.json', content), '--out', 'wrong')
  expect(ended.code).toBe(2)
  expect(ended.err).toContain(`${field}:`)
  expect(existsSync(join(folder, 'wrong'))).toBe(false)
})

test('an experiment file that is not JSON ends in exit 2 and says where', async () => {
  const ended = await topn('run', write('broken.json', '{"dataset": '), '--out', 'wrong')
  expect(ended).toMatchObject({ code: 2, err: expect.stringMatching(/broken\.json is not JSON/) })
})

test('a folder that cannot be made is said before anything is trained', async () => {
  write('file', {})
  const ended = await topn('run', 'experiment.json', '--out', join('file', 'out'))
  expect(ended).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^topn: The folder .*out cannot be made: ENOTDIR\./),
  })
})

test('bad data ends in exit 1 with file and line', async () => {
  write('bad.csv', 'user,item,rating\n1,2,five\n')
  const ended = await topn(
    'run',
    write('bad.json', { ...experiment, dataset: { interactions: 'bad.csv' } }),
    '--out',
    'bad',
  )
  expect(ended.code).toBe(1)
  expect(ended.err).toMatch(/bad\.csv.* [Ll]ine 2/)
})

test('profile, models, devices and schema speak JSON', async () => {
  const read = async (...words: string[]) => JSON.parse((await topn(...words)).out)
  expect(await read('profile', 'two-groups.csv', '--json')).toMatchObject({
    interactions: 80,
    users: 20,
    items: 10,
    density: 0.4,
    rejected: 0,
  })
  expect((await read('profile', 'two-groups.csv', '--json')).columns).toHaveLength(4)
  const models = await read('models', '--json')
  expect(models.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['popularity', 'item-knn', 'ials']))
  for (const model of models) {
    expect(model).toMatchObject({ name: expect.any(String), family: expect.any(String) })
    expect(model.capabilities).toContain('score')
    for (const { meaning } of [...model.presets, ...model.parameters]) expect(meaning).toMatch(/\.$/)
    for (const sentence of [model.assumes, model.suits]) expect(sentence).toMatch(/\.$/)
  }
  expect(await read('devices', '--json')).toContainEqual(
    expect.objectContaining({ id: 'cpu', available: true, backend: 'wasm' }),
  )
  const schema = await read('schema')
  expect(schema).toMatchObject({ type: 'object', required: ['dataset', 'models'] })
  const ials = schema.properties.models.items.anyOf.find(({ title }: { title: string }) => title === 'iALS')
  expect(ials.properties.preset.enum).toEqual(['balanced', 'accurate', 'quick', 'uniform'])
  expect(ials.properties.params.properties.embedding_size).toMatchObject({ default: 128 })
})

test('profile without --json is read by people', async () => {
  const { code, out } = await topn('profile', 'two-groups.csv')
  expect(code).toBe(0)
  expect(out).toMatch(/interactions +80\n/)
  expect(out).toMatch(/81 lines: 1 skipped, 80 kept, 0 rejected/)
})

test('a workspace that is open elsewhere is not touched, and its owner is named', async () => {
  const { openStore } = await import('../store')
  const store = await openStore(join(folder, 'owned'))
  const ended = await topn('run', 'experiment.json', '--out', 'elsewhere', '--workspace', 'owned')
  await store.close()
  expect(ended).toMatchObject({ code: 1, err: expect.stringContaining(`process ${process.pid}`) })
})

test('control characters in data do not reach the terminal', () => {
  expect(printable('a\u001b[2Jb\u202ec\n')).toBe('a\ufffd[2Jb\ufffdc\ufffd')
})
