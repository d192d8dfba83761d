import type { DuckDBConnection } from '@duckdb/node-api'
import type { CleanStep } from '../../contract/clean'
import type { PartCounts } from '../../contract/records'
import { applyStep } from './apply'
import { openSource, type RecipeSource } from './source'
import type { Stage } from './step'

export interface Cleaned {
  /** What is left: row, user, item, rating, timestamp, part, event. */
  stage: Stage
  steps: { step: CleanStep; after: PartCounts }[]
}

/** Applies a cleaning recipe; the dataset's own table stays as it was read. One copy of the rows exists at a time. */
export async function clean(
  connection: DuckDBConnection,
  source: RecipeSource,
  recipe: CleanStep[],
  signal: AbortSignal,
): Promise<Cleaned> {
  const start = await openSource(connection, source)
  const steps: Cleaned['steps'] = []
  let stage = start
  for (const [place, step] of recipe.entries()) {
    const applied = await applyStep(connection, step, place, stage, signal)
    if (stage !== start) await connection.run(`DROP TABLE ${stage.table}`)
    stage = applied.stage
    steps.push({ step, after: stage.counts })
  }
  return { stage, steps }
}
