import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'

/** Built by scripts/vitest-setup.mjs. */
const cli = resolve(import.meta.dirname, '../../out/test/cli.js')
const folder = mkdtempSync(join(tmpdir(), 'topn-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

function start(...words: string[]): { child: ChildProcess; ended: Promise<{ code: number | null; err: string }> } {
  const child = spawn(process.execPath, [cli, ...words], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  let err = ''
  child.stderr?.on('data', (text) => {
    err += text
  })
  return { child, ended: new Promise((done) => child.on('close', (code) => done({ code, err }))) }
}

const leaderboardIn = (out: string) => JSON.parse(readFileSync(join(folder, out, 'leaderboard.json'), 'utf8'))

test('what Ctrl+C interrupts, or a kill, goes on to the same numbers', async () => {
  const rows = Array.from({ length: 1200 }, (_, at) => `u${at % 60},i${(at * 7 + (at % 60)) % 40},${at}`)
  writeFileSync(join(folder, 'data.csv'), ['user,item,timestamp', ...rows].join('\n'))
  const params = { epochs: 1000, batch_size: 8, embedding_size: 8, learning_rate: 0.01 }
  const models = [{ model: 'gmf', params }, { model: 'popularity' }]
  const experiment = { dataset: { interactions: 'data.csv' }, evaluation: { cutoffs: [5], metrics: ['ndcg'] }, models }
  writeFileSync(join(folder, 'experiment.json'), JSON.stringify(experiment))
  expect(await start('run', 'experiment.json', '--out', 'whole').ended).toMatchObject({ code: 0 })

  const checkpoint = join(folder, 'cut', 'checkpoints', 'gmf-1', 'checkpoint.safetensors')
  const interrupted = start('run', 'experiment.json', '--out', 'cut')
  await vi.waitUntil(() => existsSync(checkpoint), { timeout: 60_000, interval: 5 })
  interrupted.child.kill('SIGINT')
  const { code, err } = await interrupted.ended
  expect({ code, err }).toMatchObject({
    code: 1,
    err: expect.stringMatching(/Interrupted\. "topn resume .*cut" goes on\./),
  })
  expect(existsSync(join(folder, 'cut', 'leaderboard.json'))).toBe(false)

  const killed = start('resume', 'cut')
  const phases = () => readFileSync(join(folder, 'cut', 'logs', 'runs', 'gmf-1.log'), 'utf8').split('Phase: fit').length
  const before = phases()
  await vi.waitUntil(() => phases() > before, { timeout: 60_000, interval: 5 })
  killed.child.kill('SIGKILL')
  await killed.ended

  expect(await start('resume', 'cut').ended).toMatchObject({ code: 0 })
  const [whole, resumed] = [leaderboardIn('whole'), leaderboardIn('cut')]
  const metricsOf = ({ runs }: typeof whole) => runs.map(({ model, metrics }: typeof whole) => [model, metrics])
  expect(metricsOf(resumed)).toEqual(metricsOf(whole))
  expect(await start('resume', 'cut').ended).toMatchObject({
    code: 1,
    err: expect.stringMatching(/Nothing is unfinished/),
  })
}, 180_000)
