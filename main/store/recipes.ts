import type { DuckDBConnection } from '@duckdb/node-api'
import type { CleanStep } from '../contract/clean'
import type { RecipePreview } from '../contract/recipes'
import { type Applied, applyStep } from './clean/apply'
import { contentHash } from './clean/content-hash'
import { openSource, type RecipeSource } from './clean/source'
import type { Stage } from './clean/step'
import type { LastingConnection, WorkspaceDatabase } from './database'

export interface PreviewRequest {
  datasetId: string
  clean: CleanStep[]
  contentHash: boolean
  signal: AbortSignal
}

/** What recipes leave of a dataset, for the screen on which they are made. */
export interface RecipeStore {
  /** Steps that were previewed last and still lead the recipe are not run again. One preview runs at a time. */
  previewRecipe(request: PreviewRequest): Promise<RecipePreview>
  /** Gives back what is kept for the next preview of a dataset. */
  forgetRecipes(datasetId: string): Promise<void>
}

interface Made extends Applied {
  /** The step as text. */
  key: string
  seconds: number
}

/** The last preview: the tables of its steps live as long as the connection. */
interface Kept {
  datasetId: string
  connection: LastingConnection
  start: Stage
  made: Made[]
  /** The content of stages, once it was asked for. */
  hashes: WeakMap<Stage, string>
}

export function createRecipeStore(
  database: WorkspaceDatabase,
  sourceOf: (datasetId: string) => Promise<RecipeSource>,
): RecipeStore {
  let kept: Kept | null = null
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other; work that fails does not keep the next from its turn. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const own = last.then(work)
    last = own.catch(() => {})
    return own
  }

  async function keptFor({ datasetId, signal }: PreviewRequest): Promise<Kept> {
    const source = await sourceOf(datasetId)
    if (kept?.datasetId === datasetId) return kept
    kept?.connection.close()
    kept = null
    const connection = await database.connect()
    try {
      const start = await connection.use((open) => openSource(open, source), signal)
      kept = { datasetId, connection, start, made: [], hashes: new WeakMap() }
      return kept
    } catch (error) {
      connection.close()
      throw error
    }
  }

  async function preview(request: PreviewRequest): Promise<RecipePreview> {
    const { clean, signal } = request
    signal.throwIfAborted()
    const { connection, start, made, hashes } = await keptFor(request)
    return connection.use(async (open) => {
      const common = commonSteps(made, clean)
      if (common < clean.length) await dropFrom(open, made, common)
      for (let place = common; place < clean.length; place++) {
        made.push(await make(open, clean[place], place, made.at(-1)?.stage ?? start, signal))
      }
      const wanted = made.slice(0, clean.length)
      const left = wanted.at(-1)?.stage ?? start
      return {
        before: start.counts,
        steps: wanted.map(({ stage, sql, seconds }, place) => ({
          step: clean[place],
          after: stage.counts,
          sql,
          seconds,
        })),
        contentHash: request.contentHash ? await hashOnce(open, left, hashes) : null,
      }
    }, signal)
  }

  return {
    previewRecipe: (request) => inTurn(() => preview(request)),
    forgetRecipes: (datasetId) =>
      inTurn(async () => {
        if (kept?.datasetId !== datasetId) return
        kept.connection.close()
        kept = null
      }),
  }
}

function commonSteps(made: Made[], clean: CleanStep[]): number {
  const different = made.findIndex(({ key }, place) => place >= clean.length || key !== JSON.stringify(clean[place]))
  return different === -1 ? made.length : different
}

async function dropFrom(connection: DuckDBConnection, made: Made[], place: number): Promise<void> {
  for (const { stage } of made.splice(place)) await connection.run(`DROP TABLE ${stage.table}`)
}

async function make(connection: DuckDBConnection, step: CleanStep, place: number, before: Stage, signal: AbortSignal) {
  const started = performance.now()
  const applied = await applyStep(connection, step, place, before, signal)
  return { ...applied, key: JSON.stringify(step), seconds: (performance.now() - started) / 1000 }
}

async function hashOnce(connection: DuckDBConnection, stage: Stage, hashes: WeakMap<Stage, string>) {
  const hash = hashes.get(stage) ?? (await contentHash(connection, stage.table))
  hashes.set(stage, hash)
  return hash
}
