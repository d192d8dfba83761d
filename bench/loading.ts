import { createWriteStream, existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import { createRandom } from '../main/models/random'
import { openStore, type Store } from '../main/store'
import { measurePeer } from './peers/python'

// Reading a large file, in TopN, in DuckDB alone and, with --peers, in Polars and pandas:
// npm run bench -- loading [--peers] [--rows=20000000]

const memoryLimitBytes = 3 * 2 ** 30
const core = 5
const signal = new AbortController().signal

/** A ratings file like MovieLens 20M: active users first, popular items more often, times in seconds; always the same. */
async function generate(path: string, rows: number): Promise<void> {
  const users = Math.ceil(rows / 144)
  const items = Math.ceil(rows / 750)
  const random = createRandom(1)
  const unfinished = `${path}.part`
  const file = createWriteStream(unfinished)
  file.write('userId,movieId,rating,timestamp\n')
  for (let row = 0; row < rows; ) {
    let text = ''
    for (const end = Math.min(rows, row + 50_000); row < end; row++) {
      const user = 1 + Math.floor((row / rows) * users)
      const item = 1 + Math.floor(items * random.uniform() ** 3)
      text += `${user},${item},${(1 + Math.floor(random.uniform() * 10)) / 2},${Math.floor(789652004 + random.uniform() * 637e6)}\n`
    }
    if (!file.write(text)) await new Promise((resolve) => file.once('drain', () => resolve(null)))
  }
  file.end()
  await finished(file)
  renameSync(unfinished, path)
}

/** Time on the clock, and of all processors: what else the machine does makes only the first one longer. */
interface Spent {
  seconds: number
  processorSeconds: number
}

function stopwatch(): () => Spent {
  const started = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { seconds: (performance.now() - started) / 1000, processorSeconds: (user + system) / 1e6 }
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ spent: Spent; result: T }> {
  const stop = stopwatch()
  const result = await work()
  return { spent: stop(), result }
}

/** What DuckDB takes for the same file with known types, nothing checked or counted, kept in a database file. */
async function readUnchecked(path: string, folder: string): Promise<Record<string, Spent>> {
  const instance = await DuckDBInstance.create(join(folder, 'unchecked.duckdb'), {
    memory_limit: `${memoryLimitBytes / 2 ** 20}MiB`,
  })
  const connection = await instance.connect()
  const read = await timed(async () => {
    await connection.run(`CREATE TABLE ratings AS SELECT * FROM read_csv('${path}', header = true, delim = ',',
      auto_detect = false, columns = {'user': 'VARCHAR', 'item': 'VARCHAR', 'rating': 'DOUBLE', 'time': 'DOUBLE'})`)
    await connection.run('CHECKPOINT')
  })
  const group = await timed(() =>
    connection.runAndReadAll('SELECT user, count(*), avg(rating) FROM ratings GROUP BY user'),
  )
  connection.closeSync()
  instance.closeSync()
  return { 'read, typed and unchecked': read.spent, 'group by user': group.spent }
}

async function measureStore(store: Store, path: string): Promise<Record<string, Spent>> {
  const preview = await timed(() => store.previewFile(path))
  const source = { interactions: path, clean: [] }
  const stop = stopwatch()
  let read = stop()
  // The last report comes when all rows are in the table; what follows is the profile.
  const report = () => {
    read = stop()
  }
  const result = await store.loadDataset({ source, name: 'bench', report, signal })
  const whole = stop()
  const recipe = [{ step: 'k-core' as const, user: core, item: core }]
  const encode = await timed(() => store.encode({ datasetId: result.id, clean: recipe, signal }))
  return {
    preview: preview.spent,
    'checked load': read,
    'load with its profile': whole,
    'k-core and encoding': encode.spent,
  }
}

async function main(words: string[]) {
  const rows = Number(words.find((word) => word.startsWith('--rows='))?.slice('--rows='.length) ?? 20_000_000)
  const path = join(tmpdir(), `topn-bench-ratings-${rows}.csv`)
  if (!existsSync(path)) await generate(path, rows)
  console.log(`npm run bench -- loading ${words.join(' ')}`.trim())
  console.log(`${cpus()[0]?.model.trim()}, ${availableParallelism()} threads; Node ${process.versions.node}`)
  console.log(
    `${rows} rows, ${(statSync(path).size / 1e6).toFixed(0)} MB; DuckDB may hold ${memoryLimitBytes / 2 ** 30} GiB`,
  )
  const folder = mkdtempSync(join(tmpdir(), 'topn-bench-'))
  try {
    const unchecked = await readUnchecked(path, folder)
    print('DuckDB', unchecked)
    const store = await openStore(join(folder, 'workspace'), { memoryLimitBytes })
    const own = await measureStore(store, path)
    await store.close()
    print('TopN', own)
    const [checked, alone] = [own['checked load'], unchecked['read, typed and unchecked']]
    const ratios = [checked.seconds / alone.seconds, checked.processorSeconds / alone.processorSeconds]
    const [clock, processor] = ratios.map((ratio) => ratio.toFixed(2))
    console.log(
      `  TopN's checked load takes ${clock} times DuckDB's unchecked read, ${processor} times its processor time`,
    )
    console.log(`  peak memory of the process: ${(process.resourceUsage().maxRSS / 2 ** 20).toFixed(2)} GiB`)
    if (words.includes('--peers')) printPeers(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function printPeers(path: string) {
  const peers = measurePeer('measure_loading.py', [path])
  if (typeof peers === 'string') return console.log(`  ${peers}`)
  for (const [name, seconds] of Object.entries(peers)) console.log(`  ${name}: ${seconds.toFixed(2)} s`)
}

function print(who: string, measured: Record<string, Spent>) {
  for (const [name, { seconds, processorSeconds }] of Object.entries(measured)) {
    console.log(`  ${who} ${name}: ${seconds.toFixed(2)} s, ${processorSeconds.toFixed(2)} s of processors`)
  }
}

await main(process.argv.slice(2))
