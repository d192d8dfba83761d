import { toCsv } from '../../main/contract/csv'
import type { RunRecord } from '../../main/contract/records'

/** Runs as a table for spreadsheets: a line for each, a column for each metric that any of them has. */
export function boardCsv(runs: readonly RunRecord[]): Blob {
  const keys = [...new Set(runs.flatMap(({ metrics }) => Object.keys(metrics)))]
  const header = ['id', 'name', 'model', 'state', 'tags', 'prepared', 'seed', 'params', 'fit_seconds', ...keys]
  const lines = runs.map((run) => [
    run.id,
    run.name,
    run.model,
    run.state,
    run.tags.join(' '),
    run.prepared ?? '',
    run.seed,
    JSON.stringify(run.params),
    run.fitSeconds,
    ...keys.map((key) => run.metrics[key] ?? null),
  ])
  return new Blob([toCsv(header, lines)], { type: 'text/csv' })
}
