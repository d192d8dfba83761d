import { UnstyledButton, useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PointGroup, ProjectionRecord } from '../../../main/contract/projection'
import { LineChart } from '../../charts/line-chart'
import { useFormat } from '../../locales/format'
import { useColouring } from '../../state/maps'
import { type Column, DataTable } from '../../widgets/data-table'
import { palette } from '../../widgets/palette'
import { Panel } from '../../widgets/panel'
import { Failure, Loading } from '../../widgets/states'
import { termText } from './group-facts'
import { categoryColour } from './look'
import styles from './map.module.css'

interface ClustersPanelProps {
  shown: ProjectionRecord
  clusters: number
  onClusters(clusters: number): void
  onSelect(points: Uint32Array): void
}

interface Cluster extends PointGroup {
  place: number
}

const [labelTerms, labelItems] = [3, 2]

/** Clusters with what is frequent in them, and how their number was judged. Of users they are profiles. */
export function ClustersPanel({ shown, clusters, onSelect }: ClustersPanelProps) {
  const { t } = useTranslation()
  const answer = useColouring(shown, 'cluster', clusters)
  const columns = useColumns(shown, (place) => {
    if (answer.value?.values.kind !== 'category') return
    const { codes } = answer.value.values
    onSelect(Uint32Array.from(codes.keys()).filter((point) => codes[point] === place))
  })
  return (
    <div className={styles.room}>
      <Panel
        title={t(`map.clusters.title.${shown.of}`)}
        note={t('map.clusters.note', { best: shown.bestClusters, elbow: shown.elbowClusters })}
        flush
      >
        {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
        {answer.state !== 'failed' && !answer.value && <Loading />}
        {answer.value && (
          <DataTable
            label={t(`map.clusters.title.${shown.of}`)}
            columns={columns}
            rows={(answer.value.groups ?? []).map((group, place): Cluster => ({ ...group, place }))}
            keyOf={({ place }) => String(place)}
          />
        )}
      </Panel>
      <Quality shown={shown} />
    </div>
  )
}

function useColumns(shown: ProjectionRecord, onChoose: (place: number) => void): Column<Cluster>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const scheme = useComputedColorScheme('light')
  const { of } = shown
  return [
    {
      key: 'cluster',
      heading: t('map.clusters.cluster'),
      cell: ({ place }) => (
        <UnstyledButton
          className={styles.legendButton}
          aria-label={t('map.clusters.choose', { name: place + 1 })}
          onClick={() => onChoose(place)}
        >
          <i style={{ background: `rgb(${categoryColour(place, scheme).join(' ')})` }} />
          {place + 1}
        </UnstyledButton>
      ),
    },
    {
      key: 'points',
      heading: t(`map.clusters.points.${of}`),
      align: 'right',
      cell: ({ points }) => format.count(points),
    },
    {
      key: 'label',
      heading: t('map.clusters.label'),
      grow: true,
      cell: ({ terms }) => (
        <bdi>
          {terms
            .slice(0, labelTerms)
            .map((term) => termText(term, t))
            .join(', ') || '–'}
        </bdi>
      ),
    },
    {
      key: 'favourites',
      heading: t(`map.clusters.favourites.${of}`),
      cell: ({ items }) => (
        <Clipped
          text={items
            .slice(0, labelItems)
            .map(({ id, title }) => title ?? id)
            .join(' · ')}
        />
      ),
    },
    {
      key: 'activity',
      heading: t(`map.clusters.activity.${of}`),
      align: 'right',
      cell: ({ activity }) => format.value(Number(activity.toPrecision(3))),
    },
    {
      key: 'rating',
      heading: t('map.clusters.rating'),
      align: 'right',
      cell: ({ rating }) => (rating === null ? '–' : format.decimal(rating, 2)),
    },
  ]
}

function Clipped({ text }: { text: string }) {
  return (
    <bdi className={styles.clippedCell} title={text}>
      {text || '–'}
    </bdi>
  )
}

function Quality({ shown }: { shown: ProjectionRecord }) {
  const { t } = useTranslation()
  const scheme = useComputedColorScheme('light')
  const positions = useMemo(() => shown.clusters.map(({ k }) => k), [shown])
  return (
    <LineChart
      title={t('map.clusters.quality')}
      positions={positions}
      axis={t('map.clusters.k')}
      kind={t('map.clusters.silhouette')}
      measured={t('map.clusters.measured', { k: positions[0] })}
      height={200}
      lines={[
        {
          name: t('map.clusters.silhouette'),
          color: palette[scheme][0],
          dash: 'solid',
          strong: true,
          values: shown.clusters.map(({ silhouette }) => silhouette),
        },
        {
          name: t('map.clusters.inertia'),
          color: palette[scheme][1],
          dash: 'dashed',
          strong: false,
          values: shown.clusters.map(({ inertia }) => inertia / (shown.clusters[0].inertia || 1)),
        },
      ]}
    />
  )
}
