import { useTranslation } from 'react-i18next'
import type { LongTail as Tail, TailPart } from '../../../../main/contract/exploration'
import type { Subject } from '../../../../main/contract/filters'
import { LorenzChart, type LorenzPoint } from '../../../charts/lorenz-chart'
import { useFormat } from '../../../locales/format'
import { type Column, DataTable } from '../../../widgets/data-table'
import { Panel } from '../../../widgets/panel'
import { ShareBar } from '../../../widgets/share-bar'
import styles from './profile.module.css'
import { isFiltered, type View } from './view'

const subjects = ['items', 'users'] as const

/** How unequally interactions are spread over items and users. */
export function LorenzPanel({ view }: { view: View }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { part, whole } = view
  if (!part.tail || !whole.tail) return null
  const [partTail, wholeTail] = [part.tail, whole.tail]
  const gini = (of: Subject) => format.decimal(partTail[of].gini, 3)
  return (
    <LorenzChart
      title={t('profile.lorenz.title')}
      note={t('profile.lorenz.note', { items: gini('items'), users: gini('users') })}
      share={t('profile.lorenz.share')}
      held={t('profile.lorenz.held')}
      kind={t('profile.lorenz.kind')}
      equality={t('profile.lorenz.equality')}
      curves={subjects.map((of) => ({
        name: t(`data.${of}`),
        points: pointsOf(partTail[of]),
        ...(isFiltered(view) && { whole: pointsOf(wholeTail[of]) }),
      }))}
    />
  )
}

function pointsOf({ lorenz }: Tail): LorenzPoint[] {
  return lorenz.map(({ share, interactions }) => ({ share, held: interactions }))
}

interface TailRow extends TailPart {
  of: Subject
  place: 'head' | 'torso' | 'tail'
  /** Of all users or items, and of all interactions. */
  share: number
  held: number
}

/** Head, torso and tail in numbers. */
export function TailPanel({ view: { part } }: { view: View }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!part.tail) return null
  const columns: Column<TailRow>[] = [
    {
      key: 'part',
      heading: t('profile.tail.part'),
      cell: ({ of, place }) => <span className={styles.label}>{t(`profile.tail.${of}.${place}`)}</span>,
    },
    { key: 'count', heading: t('profile.tail.count'), align: 'right', cell: ({ count }) => format.count(count) },
    { key: 'share', heading: t('profile.tail.share'), align: 'right', cell: ({ share }) => <ShareBar share={share} /> },
    { key: 'held', heading: t('data.interactions'), align: 'right', cell: ({ held }) => <ShareBar share={held} /> },
  ]
  const tail = part.tail
  return (
    <Panel title={t('profile.tail.title')} note={t('profile.tail.note')} flush>
      <DataTable
        label={t('profile.tail.title')}
        columns={columns}
        rows={subjects.flatMap((of) => rowsOf(of, tail[of]))}
        keyOf={({ of, place }) => `${of} ${place}`}
      />
    </Panel>
  )
}

function rowsOf(of: Subject, tail: Tail): TailRow[] {
  const places = ['head', 'torso', 'tail'] as const
  const all = places.map((place) => tail[place])
  const [count, interactions] = [sum(all.map((each) => each.count)), sum(all.map((each) => each.interactions))]
  return places.map((place) => ({
    of,
    place,
    ...tail[place],
    share: count === 0 ? 0 : tail[place].count / count,
    held: interactions === 0 ? 0 : tail[place].interactions / interactions,
  }))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
