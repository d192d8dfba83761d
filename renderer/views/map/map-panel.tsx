import { Group, Select, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProjectionRecord } from '../../../main/contract/projection'
import { deleteMap } from '../../commands/map-steps'
import { useFormat } from '../../locales/format'
import { useEngine } from '../../state/engine'
import { adjust } from '../../state/router'
import { DeleteButton } from '../../widgets/delete-button'
import { Facts } from '../../widgets/facts'
import { useLostFocus } from '../../widgets/lost-focus'
import { Panel } from '../../widgets/panel'
import { useMapName } from './use-map-name'

interface MapPanelProps {
  maps: readonly ProjectionRecord[]
  shown: ProjectionRecord
  beside: ProjectionRecord | undefined
  isDeleted: boolean
  onDelete(): void
  children: ReactNode
}

/** Which map is shown, and which one beside it, above what is known of it. */
export function MapPanel({ maps, shown, beside, isDeleted, onDelete, children }: MapPanelProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const nameOf = useMapName()
  const chooser = useLostFocus<HTMLInputElement>(isDeleted)
  return (
    <Panel
      title={
        <Select
          ref={chooser}
          aria-label={t('map.choose')}
          w={360}
          data={maps.map((record) => ({ value: record.id, label: nameOf(record) }))}
          value={shown.id}
          onChange={(id) => id !== null && adjust('map', { id, beside: '' })}
        />
      }
      actions={
        <Group gap="xs" wrap="nowrap">
          <Beside {...{ maps, shown, beside }} />
          <DeleteButton
            label={t('map.remove')}
            onDelete={() => {
              onDelete()
              return deleteMap(engine, { id: shown.id, name: nameOf(shown) })
            }}
          />
        </Group>
      }
    >
      <MapFacts record={shown} />
      {children}
    </Panel>
  )
}

/** Another map of the same side, where there is one. */
function Beside({ maps, shown, beside }: Pick<MapPanelProps, 'maps' | 'shown' | 'beside'>) {
  const { t } = useTranslation()
  const nameOf = useMapName()
  const others = maps.filter(({ id, of }) => id !== shown.id && of === shown.of)
  if (others.length === 0) return null
  return (
    <Select
      aria-label={t('map.beside')}
      placeholder={t('map.beside')}
      w={280}
      data={[
        { value: '', label: t('map.besideNone') },
        ...others.map((record) => ({ value: record.id, label: nameOf(record) })),
      ]}
      value={beside?.id ?? ''}
      onChange={(id) => adjust('map', { id: shown.id, beside: id ?? '' })}
    />
  )
}

function MapFacts({ record }: { record: ProjectionRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { points, dimensions, leftOut, trustworthiness, explained, source, seconds } = record
  const facts: [string, string][] = [
    [t('map.facts.points'), format.count(points)],
    [t('map.facts.dimensions'), format.count(dimensions)],
    ...(leftOut > 0 ? [[t('map.facts.leftOut'), format.count(leftOut)] as [string, string]] : []),
    ...(trustworthiness === null
      ? []
      : [[t('map.facts.trust'), format.decimal(trustworthiness, 3)] as [string, string]]),
    ...(explained === null
      ? []
      : [[t('map.facts.explained'), format.percent(explained[0] + explained[1])] as [string, string]]),
    [t('map.facts.source'), t(`map.sources.${source}`)],
    [t('map.facts.seconds'), format.duration(seconds)],
  ]
  return (
    <Tooltip label={t('map.trustHelp')} maw={280}>
      <div>
        <Facts facts={facts} />
      </div>
    </Tooltip>
  )
}
