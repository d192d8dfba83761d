import { Text, useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlignedMap, ProjectionRecord } from '../../../main/contract/projection'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import { Failure, Loading } from '../../widgets/states'
import { lookOf } from './look'
import styles from './map.module.css'
import type { Chosen } from './map-room'
import { numbersIn, pointsIn, valuesIn } from './other-map'
import { PointMap, type Tool } from './point-map'
import { addressOfPoint, valueTextOf } from './point-texts'
import type { Looks } from './use-looks'
import { useMapName } from './use-map-name'

interface SideBySideProps {
  shown: ProjectionRecord
  beside: ProjectionRecord | undefined
  looks: Looks
  tool: Tool
  chosen: Chosen
  onSelect(points: Uint32Array | null): void
  onPick(point: number | null): void
}

/** A map, and beside it another one of the same things, turned onto it: colours and what is chosen are those of the first. */
export function SideBySide({ shown, beside, ...props }: SideBySideProps) {
  const answer = useAnswer('projections.read', { projectionId: shown.id })
  const aligned = useAnswer('projections.align', beside ? { first: shown.id, second: beside.id } : null)
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  if (!answer.value) return <Loading />
  return (
    <>
      <div className={styles.maps}>
        <FirstMap record={shown} positions={answer.value.positions} {...props} />
        {beside && aligned.value && <OtherMap record={beside} aligned={aligned.value} {...props} />}
      </div>
      {beside && aligned.state === 'failed' && <Failure error={aligned.error} onRetry={aligned.retry} />}
      {beside && aligned.value && <Fit aligned={aligned.value} />}
    </>
  )
}

type MapProps = Omit<SideBySideProps, 'shown' | 'beside'> & { record: ProjectionRecord }

function FirstMap({
  record,
  positions,
  looks,
  tool,
  chosen,
  onSelect,
  onPick,
}: MapProps & { positions: Float32Array }) {
  const nameOf = useMapName()
  const format = useFormat()
  const look = useLook(record.points, looks, chosen.selected)
  return (
    <PointMap
      projectionId={record.id}
      name={nameOf(record)}
      positions={positions}
      look={look}
      tool={tool}
      pinned={chosen.pinned}
      focus={chosen.focus}
      valueTextOf={(point) => valueTextOf(looks, point, format)}
      addressOf={(point) => addressOfPoint(record, point)}
      onPick={onPick}
      onLasso={onSelect}
    />
  )
}

function OtherMap({ record, aligned, looks, tool, chosen, onSelect, onPick }: MapProps & { aligned: AlignedMap }) {
  const nameOf = useMapName()
  const format = useFormat()
  const { places, positions } = aligned
  const own = useMemo(
    () => ({
      values: looks.values && valuesIn(places, looks.values),
      sizes: looks.sizes && numbersIn(places, looks.sizes),
      isLongTailed: looks.isLongTailed,
    }),
    [places, looks.values, looks.sizes, looks.isLongTailed],
  )
  const selected = useMemo(() => chosen.selected && pointsIn(places, chosen.selected), [places, chosen.selected])
  const look = useLook(places.length, own, selected)
  const pinned = chosen.pinned === null ? -1 : places.indexOf(chosen.pinned)
  const inFirst = (points: Uint32Array) => points.map((point) => places[point]).filter((place) => place !== nowhere)
  return (
    <PointMap
      projectionId={record.id}
      name={nameOf(record)}
      positions={positions}
      look={look}
      tool={tool}
      pinned={pinned < 0 ? null : pinned}
      focus={chosen.focus}
      valueTextOf={(point) => valueTextOf({ ...looks, values: own.values }, point, format)}
      addressOf={(point) => addressOfPoint(record, point)}
      onPick={(point) => onPick(point === null || places[point] === nowhere ? null : places[point])}
      onLasso={(points) => onSelect(inFirst(points))}
    />
  )
}

const nowhere = 2 ** 32 - 1

function useLook(
  count: number,
  { values, sizes, isLongTailed }: Pick<Looks, 'values' | 'sizes' | 'isLongTailed'>,
  selected: Uint32Array | null,
) {
  const scheme = useComputedColorScheme('light')
  return useMemo(
    () => lookOf({ count, values, sizes, isLongTailed, selected, scheme }),
    [count, values, sizes, isLongTailed, selected, scheme],
  )
}

function Fit({ aligned: { shared, disparity } }: { aligned: AlignedMap }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Text size="xs" c="dimmed" mt="xs">
      {t('map.disparity', { count: shared, share: format.percent(disparity) })}
    </Text>
  )
}
