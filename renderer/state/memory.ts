import * as v from 'valibot'
import { create } from 'zustand'

const between = (minimum: number, maximum: number, otherwise: number) =>
  v.fallback(v.pipe(v.number(), v.minValue(minimum), v.maxValue(maximum)), otherwise)

/** Pixels. */
export const inspectorWidths = [240, 480] as const
export const jobTrayHeights = [120, 600] as const

const memorySchema = v.object({
  datasetInForce: v.fallback(v.nullable(v.string()), null),
  selectionInForce: v.fallback(v.nullable(v.string()), null),
  /** Each run's place in the palette. */
  colours: v.fallback(v.array(v.tuple([v.string(), v.pipe(v.number(), v.integer(), v.minValue(0))])), []),
  /** The screen that was looked at last; '' where none was. */
  address: v.fallback(v.pipe(v.string(), v.startsWith('#/')), ''),
  /** What the screen Compare was last asked for: metric, cutoff, filters and chart, as a query. */
  comparison: v.fallback(v.string(), ''),
  /** The leaderboard's columns beside the run and the metric in force, as `board-columns.ts` names them; null for the usual ones. */
  boardColumns: v.fallback(v.nullable(v.array(v.string())), null),
  /** Leaves out columns in which all runs are alike. */
  onlyDifferent: v.fallback(v.boolean(), false),
  /** Runs that stand at the top of the leaderboard. */
  pins: v.fallback(v.array(v.string()), []),
  navigationOpened: v.fallback(v.boolean(), true),
  inspectorOpened: v.fallback(v.boolean(), false),
  inspectorWidth: between(...inspectorWidths, 320),
  jobTrayOpened: v.fallback(v.boolean(), false),
  jobTrayHeight: between(...jobTrayHeights, 260),
  tourEnded: v.fallback(v.boolean(), false),
  /** Ids of the palette's entries that were run last, the latest first. */
  commands: v.fallback(v.array(v.string()), []),
  /** The last ones chosen here; what a person has chosen in this browser goes before them. */
  theme: v.fallback(v.nullable(v.picklist(['light', 'dark'])), null),
  language: v.fallback(v.nullable(v.picklist(['en', 'zh'])), null),
})

/** What a workspace remembers of its window; anything that cannot be read counts as forgotten. */
export type Memory = v.InferOutput<typeof memorySchema>

const prefix = 'window.'

/** The memory among the settings of a workspace. */
export function parseMemory(settings: Record<string, unknown>): Memory {
  const own = Object.entries(settings).filter(([key]) => key.startsWith(prefix))
  return v.parse(memorySchema, Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value])))
}

/** What has changed, as settings. */
export function changedSettings(now: Memory, before: Memory): { key: string; value: unknown }[] {
  const names = Object.keys(now) as (keyof Memory)[]
  return names.filter((name) => now[name] !== before[name]).map((name) => ({ key: prefix + name, value: now[name] }))
}

/** The memory of the workspace that is open; the session writes every change of it down. */
export const useMemory = create<Memory>(() => parseMemory({}))

export function remember(changes: Partial<Memory>): void {
  useMemory.setState(changes)
}
