import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { accuracyOf } from './accuracy'
import { type BenchData, dataFolder, datasets } from './data'
import { writeExchange } from './exchange'
import { type Measured, measureOwn } from './own'
import { measurePeer, peerVersions } from './peers/python'
import { linesOf, machine, printTable, type Result, type Row } from './table'
import { works } from './works/registry'
import type { Peer, Work } from './works/work'

// TopN beside other libraries: the same data, threads and settings, each work in a process of its own, peers between
// TopN's repeats. npm run bench -- bench [--peers] [--work ALS --work EASE] [--data ml-1m] [--repeats 5]

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    peers: { type: 'boolean', default: false },
    work: { type: 'string', multiple: true, default: [''] },
    data: { type: 'string', multiple: true, default: [''] },
    repeats: { type: 'string', default: '5' },
  },
})
const threads = availableParallelism()

/** On large data repeats are few, since each takes a minute. */
const repeatsOf = ({ train }: BenchData) =>
  train.itemIndices.length > 10_000_000 ? Math.min(3, Number(options.repeats)) : Number(options.repeats)

const isAskedFor = (asked: string[], name: string) => asked.some((start) => name.startsWith(start))

/** A process of its own, so that its peak memory is that of the work, and nothing is warm that is not for the peers. */
function own(work: Work, folder: string, out: string): Measured | string {
  const place = String(works.indexOf(work))
  const { status, stdout, stderr } = spawnSync(process.execPath, [process.argv[1], 'own', place, folder, out], {
    encoding: 'utf8',
  })
  if (status === 0) return JSON.parse(stdout)
  return stderr.split('\n').find((line) => line.includes('Error')) ?? 'failed'
}

function peer({ script, function: name, settings, blasThreads = threads }: Peer, folder: string, out: string) {
  const values = [folder, out, name, JSON.stringify(settings)]
  return measurePeer<Measured>(script, values, { threads: blasThreads })
}

function measureWork(data: string, work: Work, folder: string, given: BenchData): Result {
  const libraries = [
    { library: 'TopN', run: (out: string) => own(work, folder, out) },
    ...(options.peers ? work.peers : []).map((of) => ({
      library: of.library,
      run: (out: string) => peer(of, folder, out),
    })),
  ]
  const rows = libraries.map(({ library }): Row => ({ library, repeats: [], accuracy: {}, missing: null }))
  const out = mkdtempSync(join(folder, 'answer-'))
  for (let repeat = 0; repeat < repeatsOf(given); repeat++) {
    libraries.forEach(({ run }, at) => {
      if (rows[at].missing) return
      const measured = run(out)
      if (typeof measured === 'string') {
        rows[at].missing = measured
        return
      }
      rows[at].repeats.push(measured)
      if (repeat === 0) rows[at].accuracy = accuracyOf(work, given.held, join(out, 'answer'))
    })
  }
  return { data, work, rows }
}

function measureData(name: string, asked: Work[], folder: string): Result[] {
  const given = datasets[name]()
  if (!given) {
    console.log(`${name} is absent: set TOPN_DATA to the folder of the data sets, now ${dataFolder}.`)
    return []
  }
  const { users, items, itemIndices } = given.train
  console.log(`${name}: ${users} users, ${items} items, ${itemIndices.length} interactions`)
  writeExchange(folder, given, threads)
  return asked.map((work) => {
    const result = measureWork(name, work, folder, given)
    for (const line of linesOf(result)) console.log(line)
    return result
  })
}

function main() {
  console.log(`npm run bench -- bench ${process.argv.slice(2).join(' ')}`.trim())
  console.log(machine(threads))
  const results: Result[] = []
  for (const name of Object.keys(datasets).filter((name) => isAskedFor(options.data, name))) {
    const asked = works.filter(({ data, name: title }) => data.includes(name) && isAskedFor(options.work, title))
    const folder = mkdtempSync(join(tmpdir(), 'topn-bench-'))
    try {
      if (asked.length > 0) results.push(...measureData(name, asked, folder))
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
  printTable(results)
  if (options.peers) console.log(peerVersions())
}

if (positionals[0] === 'own') {
  const [, place, folder, out] = positionals
  console.log(JSON.stringify(await measureOwn(works[Number(place)], folder, out)))
} else main()
