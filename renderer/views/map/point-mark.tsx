import { useTranslation } from 'react-i18next'
import type { NamedPoint } from '../../../main/contract/projection'
import { useAnswer } from '../../state/engine'
import { toPixel, type View } from './layer/view'
import styles from './map.module.css'

interface PlacedProps {
  view: View
  positions: Float32Array
  point: number
}

export function Ring({ view, positions, point }: PlacedProps) {
  const [x, y] = toPixel(view, positions[2 * point], positions[2 * point + 1])
  return <circle cx={x} cy={y} r={8} />
}

interface MarkProps extends PlacedProps {
  projectionId: string
  /** What the point's colour stands for; null: nothing. */
  value: string | null
  /** Where the point leads; null: nowhere. */
  addressOf: ((point: NamedPoint) => string) | null
}

/** The name of a point beside it, with what its colour stands for. */
export function Mark({ view, positions, point, projectionId, value, addressOf }: MarkProps) {
  const { t } = useTranslation()
  const answer = useAnswer('projections.names', { projectionId, points: [point] }, 40)
  const named = answer.value?.find((found) => found.point === point)
  const [x, y] = toPixel(view, positions[2 * point], positions[2 * point + 1])
  if (!named) return null
  const name = named.title ?? named.id
  const isRight = x > view.width - 200
  return (
    <span
      className={styles.mark}
      style={{ top: y - 26, ...(isRight ? { right: view.width - x + 8 } : { left: x + 8 }) }}
    >
      {addressOf ? (
        <a
          href={addressOf(named)}
          title={t('map.point.open', { name })}
          onPointerDown={(event) => event.stopPropagation()}
        >
          <bdi>{name}</bdi>
        </a>
      ) : (
        <bdi>{name}</bdi>
      )}
      {value !== null && <bdi className={styles.markValue}>{value}</bdi>}
    </span>
  )
}
