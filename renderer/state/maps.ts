import { useEffect, useMemo, useState } from 'react'
import type { EngineClient } from '../../main/contract/calls'
import { toPlainError } from '../../main/contract/errors'
import type { PointGroup, PointValues, ProjectionRecord } from '../../main/contract/projection'
import type { DatasetRecord } from '../../main/contract/records'
import { type Answer, useAnswer, useAsked, useEngine } from './engine'
import { useWorkbench } from './workbench'

/** The maps of a dataset, the newest first; asked for again when one was made or deleted, or a run is gone. */
export function useMaps(datasetId: string) {
  const changes = useWorkbench((state) => state.mapChanges)
  const runs = useWorkbench((state) => state.runs.size)
  const answer = useAnswer('projections.list', {}, 0, changes * 10_000 + runs)
  const maps = useMemo(
    () => answer.value?.filter((map) => map.datasetId === datasetId) ?? null,
    [answer.value, datasetId],
  )
  return { ...answer, maps }
}

/** What is known of some points together; `points` keeps its identity for as long as it stays. */
export function usePointGroup(projectionId: string, points: Uint32Array | null): Answer<PointGroup> {
  const engine = useEngine()
  const [answer, setAnswer] = useState<Answer<PointGroup>>({ state: 'idle', value: null })
  useEffect(() => {
    if (points === null) return setAnswer({ state: 'idle', value: null })
    let wanted = true
    setAnswer(({ value }) => ({ state: 'loading', value }))
    engine.call('projections.describe', { projectionId, points }).then(
      (value) => wanted && setAnswer({ state: 'ready', value }),
      (error) => wanted && setAnswer({ state: 'failed', value: null, error: toPlainError(error, true) }),
    )
    return () => {
      wanted = false
    }
  }, [engine, projectionId, points])
  return answer
}

/** What points can be coloured by, as the chooser's values. */
export type ColourKey =
  | 'none'
  | 'cluster'
  | 'popularity'
  | 'rating'
  | 'hits'
  | 'error'
  | `metric ${string}`
  | `feature ${string}`

const usualMetrics = ['ndcg', 'recall', 'precision', 'hit-rate', 'mrr', 'map', 'rmse', 'mae']

/** Features that have colours, and metrics of single lists that the run has. */
export function colourKeys(record: ProjectionRecord, dataset: DatasetRecord, metrics: readonly string[]): ColourKey[] {
  const attributes = record.of === 'items' ? dataset.itemAttributes : dataset.userAttributes
  const features = attributes.filter(({ type }) => type !== 'text' && type !== 'vector').map(({ name }) => name)
  const own = metrics.filter((key) => usualMetrics.includes(key.split('@')[0]))
  const hasRatings = dataset.profile.ratings.length > 0
  return [
    'none',
    ...(record.clusters.length > 0 ? (['cluster'] as const) : []),
    'popularity',
    ...(hasRatings ? (['rating'] as const) : []),
    ...(record.of === 'items' && metrics.includes('mae') ? (['error'] as const) : []),
    ...(record.of === 'items' ? (['hits'] as const) : own.map((key) => `metric ${key}` as const)),
    ...features.map((name) => `feature ${name}` as const),
  ]
}

/** As the engine is asked for it; null where nothing is to be asked. */
export function pointValueOf(key: ColourKey, clusters: number) {
  const [kind, ...rest] = key.split(' ')
  const name = rest.join(' ')
  switch (kind) {
    case 'popularity':
    case 'rating':
    case 'error':
      return { by: kind } as const
    case 'cluster':
      return { by: 'cluster', k: clusters } as const
    case 'hits':
      return { by: 'metric', key: 'hits' } as const
    case 'metric':
      return { by: 'metric', key: name } as const
    case 'feature':
      return { by: 'feature', name } as const
    default:
      return null
  }
}

/** What the numbers of a colour are, which says how they are written. */
export type NumberKind = 'count' | 'value' | 'attribute' | 'date'

export function numberKindOf(key: ColourKey, { of }: ProjectionRecord, dataset: DatasetRecord): NumberKind {
  if (key === 'popularity') return 'count'
  if (!key.startsWith('feature ')) return 'value'
  const attributes = of === 'items' ? dataset.itemAttributes : dataset.userAttributes
  const type = attributes.find(({ name }) => key === `feature ${name}`)?.type
  return type === 'date' ? 'date' : 'attribute'
}

/** The values that points are coloured by, with what they are and, of clusters, what is known of each. */
export interface Colouring {
  colour: ColourKey
  values: PointValues
  groups: readonly PointGroup[] | null
}

/** Both answers at once, so that no cluster has the label of another one. */
export async function askColouring(
  engine: EngineClient,
  projectionId: string,
  colour: ColourKey,
  k: number,
): Promise<Colouring | null> {
  const value = pointValueOf(colour, k)
  if (value === null) return null
  const [values, groups] = await Promise.all([
    engine.call('projections.values', { projectionId, value }),
    colour === 'cluster' ? engine.call('projections.clusters', { projectionId, k }) : null,
  ])
  return { colour, values, groups }
}

/** While it loads, what was shown before stays as a whole. */
export function useColouring({ id }: ProjectionRecord, colour: ColourKey, k: number) {
  const value = pointValueOf(colour, k)
  return useAsked(value && JSON.stringify([id, value]), (engine) => askColouring(engine, id, colour, k))
}
