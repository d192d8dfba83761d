import { type DuckDBConnection, type DuckDBValue, TINYINT, UINTEGER } from '@duckdb/node-api'
import { type DotName, type RunSpread, type ValuePairs, type ValueSpread, valueCells } from '../contract/per-user'
import { rounding } from '../evaluation/significance/paired-test'
import { rows, type WorkspaceDatabase } from './database'
import { appendRows } from './results'

/** Values per user of runs, grouped. Undefined values (NaN) count as absent. */
export interface PerUserStore {
  /** Runs without such values are left out. */
  valueSpread(runIds: readonly string[], key: string): Promise<ValueSpread>
  /** Both runs must be on the same prepared data. */
  valuePairs(first: string, second: string, key: string): Promise<ValuePairs>
  /** The users of some dots of `valuePairs`, by index, ascending. */
  usersOfDots(first: string, second: string, key: string, dots: readonly DotName[]): Promise<Uint32Array>
}

export function createPerUserStore(database: WorkspaceDatabase): PerUserStore {
  return {
    valueSpread: (runIds, key) => database.use((connection) => readSpread(connection, runIds, key)),
    valuePairs: (...about) => database.use((connection) => readPairs(connection, ...about)),
    usersOfDots: (first, second, key, dots) =>
      database.use(async (connection) => {
        await connection.run('CREATE TEMP TABLE dots (first_cell UINTEGER, second_cell UINTEGER, sign TINYINT)')
        await appendRows(connection, 'dots', [UINTEGER, UINTEGER, TINYINT], dots as DotName[] & DuckDBValue[][])
        const sql = `${dotQuery} SELECT user_index FROM cells SEMI JOIN dots USING (first_cell, second_cell, sign)
          ORDER BY user_index`
        const found = await rows(connection, sql, [first, second, key])
        return Uint32Array.from(found, ({ user_index }) => Number(user_index))
      }),
  }
}

/** The cell of a value between `low` and `high`; the greatest value is in the last one. */
const cellOf = (value: string) =>
  `CASE WHEN high > low THEN least(floor((${value} - low) / (high - low) * ${valueCells}), ${valueCells - 1}) ELSE 0 END::UINTEGER`

async function readSpread(connection: DuckDBConnection, runIds: readonly string[], key: string): Promise<ValueSpread> {
  const wanted = runIds.map((_, at) => `$${at + 2}`).join(', ')
  const found = await rows(
    connection,
    `WITH chosen AS (SELECT run, value FROM user_metrics WHERE key = $1 AND run IN (${wanted}) AND isfinite(value)),
       extent AS (SELECT min(value) AS low, max(value) AS high FROM chosen)
     SELECT run, ${cellOf('value')} AS cell, sum(value) AS total, count(*) AS users, low, high
     FROM chosen, extent GROUP BY ALL ORDER BY run, cell`,
    [key, ...runIds],
  )
  return {
    low: Number(found[0]?.low ?? 0),
    high: Number(found[0]?.high ?? 0),
    runs: runIds.flatMap((runId) => {
      const cells = found.filter(({ run }) => run === runId)
      return cells.length > 0 ? [spreadOf(runId, cells)] : []
    }),
  }
}

function spreadOf(runId: string, cells: Record<string, unknown>[]): RunSpread {
  const sum = (name: string) => cells.reduce((total, row) => total + Number(row[name]), 0)
  const users = sum('users')
  return {
    runId,
    users,
    mean: sum('total') / users,
    cells: Uint32Array.from(cells, ({ cell }) => Number(cell)),
    counts: Uint32Array.from(cells, (row) => Number(row.users)),
  }
}

/** Each user with the cells of both values; parameters: first run, second run, key. */
const dotQuery = `WITH pairs AS (
    SELECT user_index, a.value AS first, b.value AS second FROM user_metrics a JOIN user_metrics b USING (user_index)
    WHERE a.run = $1 AND b.run = $2 AND a.key = $3 AND b.key = $3 AND isfinite(a.value) AND isfinite(b.value)),
  extent AS (SELECT least(min(first), min(second)) AS low, greatest(max(first), max(second)) AS high FROM pairs),
  cells AS (SELECT user_index, first, second,
    CASE WHEN abs(first - second) <= ${rounding} * abs(first) THEN 0 ELSE sign(first - second) END::TINYINT AS sign,
    ${cellOf('first')} AS first_cell, ${cellOf('second')} AS second_cell FROM pairs, extent)`

async function readPairs(
  connection: DuckDBConnection,
  first: string,
  second: string,
  key: string,
): Promise<ValuePairs> {
  const found = await rows(
    connection,
    `${dotQuery} SELECT first_cell, second_cell, sign, avg(first) AS first, avg(second) AS second, count(*) AS users
     FROM cells GROUP BY first_cell, second_cell, sign ORDER BY first_cell, second_cell, sign`,
    [first, second, key],
  )
  const numbers = (name: string) => found.map((row) => Number(row[name]))
  const [signs, counts] = [numbers('sign'), numbers('users')]
  const countOf = (sign: number) => counts.reduce((sum, count, at) => (signs[at] === sign ? sum + count : sum), 0)
  const [greater, same, less] = [1, 0, -1].map(countOf)
  return {
    users: greater + same + less,
    greater,
    same,
    less,
    dots: {
      firstCells: Uint32Array.from(numbers('first_cell')),
      secondCells: Uint32Array.from(numbers('second_cell')),
      signs: Int8Array.from(signs),
      first: Float64Array.from(numbers('first')),
      second: Float64Array.from(numbers('second')),
      counts: Uint32Array.from(counts),
    },
  }
}
