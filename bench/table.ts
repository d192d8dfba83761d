import { cpus } from 'node:os'
import type { Measured } from './own'
import type { Work } from './works/work'

/** One work by one library: all its repeats, in the order of the run, or why there are none. */
export interface Row {
  library: string
  repeats: Measured[]
  accuracy: Record<string, number>
  missing: string | null
}

/** TopN's row first. */
export interface Result {
  data: string
  work: Work
  rows: Row[]
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** All results as one Markdown table, ready for docs/benchmarks.md. */
export function printTable(results: Result[]): void {
  console.log(
    '| data | work | library | fit, s (of processors) | lists or ratings | peak, GiB | accuracy | times TopN: fit (of processors); lists |',
  )
  console.log('|---|---|---|---|---|---|---|---|')
  for (const result of results) for (const line of linesOf(result)) console.log(line)
}

export function linesOf({ data, work, rows }: Result): string[] {
  const [own] = rows
  return rows.map((row, at) => {
    const place = at === 0 ? [data, work.name] : ['', '']
    if (row.missing) return `| ${[...place, row.library, row.missing, '', '', '', ''].join(' | ')} |`
    const middle = (of: keyof Measured) => median(row.repeats.map((measured) => measured[of]))
    const accuracy = Object.entries(row.accuracy).map(([name, value]) => `${name} ${value.toFixed(3)}`)
    const both = (of: 'fit' | 'answer', show: (of: keyof Measured) => string) =>
      `${show(of)} (${show(`${of}Processor`)})`
    const ratios = (['fit', 'answer'] as const).map((of) => both(of, (name) => ratio(row, own, name))).join('; ')
    const numbers = [
      ...(['fit', 'answer'] as const).map((of) => both(of, (name) => seconds(middle(name)))),
      (middle('peakBytes') / 2 ** 30).toFixed(2),
    ]
    return `| ${[...place, row.library, ...numbers, accuracy.join(', '), at === 0 || own.missing ? '' : ratios].join(' | ')} |`
  })
}

/** The median of the peer's time over ours, each pair of times taken one after the other. */
function ratio(peer: Row, own: Row, of: keyof Measured): string {
  return median(peer.repeats.map((measured, at) => measured[of] / own.repeats[at][of])).toFixed(2)
}

const seconds = (value: number) => (value < 10 ? value.toFixed(3) : value.toFixed(1))

export function machine(threads: number): string {
  return `${cpus()[0]?.model.trim()}, ${threads} threads; Node ${process.versions.node}`
}
