import { Button, Group, SegmentedControl, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Distance, distances, type NamedPoint, type ProjectionRecord } from '../../../main/contract/projection'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import { Failure, Loading } from '../../widgets/states'
import styles from './map.module.css'
import { addressOfPoint } from './point-texts'

interface PointPanelProps {
  shown: ProjectionRecord
  pinned: number | null
  onPin(point: number | null, isSought?: boolean): void
  onSelect(points: Uint32Array): void
}

const [mostFound, mostNeighbours] = [30, 15]

const nameOf = ({ id, title }: NamedPoint) => title ?? id

/** Finds a point, and tells of the pinned one what lies near it by the vectors. */
export function PointPanel({ shown, pinned, onPin, onSelect }: PointPanelProps) {
  const { t } = useTranslation()
  const projectionId = shown.id
  const named = useAnswer('projections.names', pinned === null ? null : { projectionId, points: [pinned] })
  const own = named.value?.find(({ point }) => point === pinned)
  return (
    <Panel title={own ? <bdi>{nameOf(own)}</bdi> : t('map.point.title')} note={own?.title && own.id}>
      <Search projectionId={projectionId} onFound={(point) => onPin(point, true)} />
      {pinned === null && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('map.point.hint')}
        </Text>
      )}
      {pinned !== null && (
        <>
          <Group gap="sm" mt="sm">
            <Button variant="default" size="compact-xs" onClick={() => onPin(null)}>
              {t('map.point.free')}
            </Button>
            {own && (
              <Button component="a" variant="default" size="compact-xs" href={addressOfPoint(shown, own)}>
                {t(shown.of === 'users' ? 'map.point.openUser' : 'map.point.openItem')}
              </Button>
            )}
          </Group>
          <Neighbours shown={shown} point={pinned} onPin={onPin} onSelect={onSelect} />
        </>
      )}
    </Panel>
  )
}

interface SearchProps {
  projectionId: string
  onFound(point: number): void
}

function Search(props: SearchProps) {
  const { t } = useTranslation()
  const { query, found, change, choose, hurry } = useSearch(props)
  return (
    <>
      <TextInput
        label={t('map.search')}
        placeholder={t('map.searchHint')}
        type="search"
        value={query}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && hurry()}
      />
      {found && (
        <section className={styles.found} aria-label={t('map.found')}>
          {found.map((each) => (
            <UnstyledButton key={each.point} className={styles.link} onClick={() => choose(each.point)} title={each.id}>
              <bdi>{nameOf(each)}</bdi>
            </UnstyledButton>
          ))}
          {found.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('map.nothingFound')}
            </Text>
          )}
        </section>
      )}
    </>
  )
}

/** What is found as the query is typed; `hurry` takes the first of it, as soon as it is there. */
function useSearch({ projectionId, onFound }: SearchProps) {
  const [query, setQuery] = useState('')
  const [isHurried, setHurried] = useState(false)
  const wanted = query.trim()
  const answer = useAnswer('projections.search', wanted === '' ? null : { projectionId, query, limit: mostFound }, 150)
  const found = wanted === '' ? null : answer.value
  const isAnswered = answer.state === 'ready'
  function change(text: string) {
    setHurried(false)
    setQuery(text)
  }
  function choose(point: number) {
    change('')
    onFound(point)
  }
  // Enter came before the answer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is what is waited for
  useEffect(() => {
    if (!isHurried || !isAnswered) return
    setHurried(false)
    if (found?.[0]) choose(found[0].point)
  }, [isHurried, isAnswered])
  return { query, found, change, choose, hurry: () => wanted !== '' && setHurried(true) }
}

type NeighboursProps = Omit<PointPanelProps, 'pinned'> & { point: number }

function Neighbours({ point, ...props }: NeighboursProps) {
  const { shown } = props
  const { t } = useTranslation()
  const [distance, setDistance] = useState<Distance>(shown.settings.distance)
  const input = { projectionId: shown.id, point, distance, limit: mostNeighbours }
  const answer = useAnswer('projections.neighbours', input)
  return (
    <>
      <Group justify="space-between" mt="md" mb="xs">
        <Text size="sm" fw={600}>
          {t('map.point.neighbours')}
        </Text>
        <SegmentedControl
          aria-label={t('map.point.by')}
          data={distances.map((name) => ({ value: name, label: t(`map.distances.${name}`) }))}
          value={distance}
          onChange={(name) => setDistance(name as Distance)}
        />
      </Group>
      {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
      {answer.state !== 'failed' && !answer.value && <Loading />}
      {answer.value && <NeighbourTable {...props} point={point} neighbours={answer.value} />}
    </>
  )
}

type Neighbour = NamedPoint & { distance: number }

function NeighbourTable({
  point,
  neighbours,
  onPin,
  onSelect,
}: Omit<NeighboursProps, 'shown'> & { neighbours: readonly Neighbour[] }) {
  const { t } = useTranslation()
  return (
    <>
      <DataTable
        label={t('map.point.neighbours')}
        columns={useColumns(onPin)}
        rows={neighbours}
        keyOf={(each) => String(each.point)}
        maximumHeight={260}
      />
      <Button
        variant="default"
        size="compact-xs"
        mt="sm"
        onClick={() => onSelect(Uint32Array.from([point, ...neighbours.map((each) => each.point)]).sort())}
      >
        {t('map.point.select')}
      </Button>
    </>
  )
}

function useColumns(onPin: PointPanelProps['onPin']): Column<Neighbour>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return [
    {
      key: 'name',
      heading: t('map.point.name'),
      grow: true,
      cell: (each) => (
        <UnstyledButton
          className={styles.link}
          aria-label={t('map.point.show', { name: nameOf(each) })}
          title={each.id}
          onClick={() => onPin(each.point, true)}
        >
          <bdi>{nameOf(each)}</bdi>
        </UnstyledButton>
      ),
    },
    {
      key: 'distance',
      heading: t('map.point.distance'),
      align: 'right',
      cell: (each) => format.decimal(each.distance, 3),
    },
  ]
}
