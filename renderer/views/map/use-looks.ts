import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PointValues, ProjectionRecord } from '../../../main/contract/projection'
import type { DatasetRecord } from '../../../main/contract/records'
import { useAnswer } from '../../state/engine'
import { type ColourKey, type NumberKind, numberKindOf, useColouring } from '../../state/maps'
import { termText } from './group-facts'

/** How points look, and what that stands for. */
export interface Looks {
  /** What the values below are, which may still be those of the choice before. */
  colour: ColourKey
  /** Null: all points have one colour. */
  values: PointValues | null
  /** How values that are numbers are written. */
  numbers: NumberKind
  /** Of the values that are categories; empty where their names say enough. */
  labels: readonly string[]
  isLongTailed: boolean
  sizes: Float32Array | null
}

interface Choice {
  shown: ProjectionRecord
  dataset: DatasetRecord
  colour: ColourKey
  clusters: number
  isSized: boolean
}

/** The looks that are chosen, once all that they take is there; those of the choice before until then. */
export function useLooks({ shown, dataset, colour, clusters, isSized }: Choice) {
  const { t } = useTranslation()
  const answer = useColouring(shown, colour, clusters)
  const size = { projectionId: shown.id, value: { by: 'popularity' as const } }
  const sizes = useAnswer('projections.values', isSized ? size : null)
  const colouring = colour === 'none' ? null : answer.value
  const groups = colouring?.groups
  const labels = useMemo(
    () => (groups ?? []).map(({ terms }) => (terms.length > 0 ? termText(terms[0], t) : '')),
    [groups, t],
  )
  const looks: Looks = {
    colour: colouring?.colour ?? 'none',
    values: colouring?.values ?? null,
    numbers: numberKindOf(colouring?.colour ?? 'none', shown, dataset),
    labels,
    isLongTailed: colouring?.colour === 'popularity',
    sizes: isSized && sizes.value?.kind === 'number' ? sizes.value.values : null,
  }
  return { looks, answer }
}
