import { Checkbox, SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ProjectionRecord } from '../../../main/contract/projection'
import type { DatasetRecord } from '../../../main/contract/records'
import { type ColourKey, colourKeys } from '../../state/maps'
import { useWorkbench } from '../../state/workbench'
import styles from './map.module.css'
import type { Tool } from './point-map'

interface MapToolbarProps {
  dataset: DatasetRecord
  shown: ProjectionRecord
  tool: Tool
  colour: ColourKey
  clusters: number
  isSized: boolean
  onTool(tool: Tool): void
  onColour(colour: ColourKey): void
  onClusters(clusters: number): void
  onSized(isSized: boolean): void
}

const tools: readonly Tool[] = ['pan', 'rectangle', 'lasso']

/** What dragging does, and how points look. */
export function MapToolbar(props: MapToolbarProps) {
  const { dataset, shown, tool, colour, clusters, isSized, onTool, onColour, onClusters, onSized } = props
  const { t } = useTranslation()
  const metrics = useWorkbench(({ runs }) => runs.get(shown.runId)?.metrics)
  const labelOf = (key: ColourKey): string => {
    const [kind, ...name] = key.split(' ')
    if (kind === 'metric' || kind === 'feature') return name.join(' ')
    return t(`map.colours.${key as 'none' | 'cluster' | 'popularity' | 'rating' | 'hits' | 'error'}`)
  }
  return (
    <div className={styles.toolbar}>
      <SegmentedControl
        aria-label={t('map.tools.label')}
        data={tools.map((name) => ({ value: name, label: t(`map.tools.${name as 'pan'}`) }))}
        value={tool}
        onChange={(name) => onTool(name as Tool)}
      />
      <Select
        label={t('map.colour')}
        w={170}
        data={colourKeys(shown, dataset, Object.keys(metrics ?? {})).map((key) => ({
          value: key,
          label: labelOf(key),
        }))}
        value={colour}
        onChange={(key) => key !== null && onColour(key as ColourKey)}
      />
      {colour === 'cluster' && (
        <Select
          label={t('map.clusterCount')}
          w={80}
          data={shown.clusters.map(({ k }) => String(k))}
          value={String(clusters)}
          onChange={(k) => k !== null && onClusters(Number(k))}
        />
      )}
      <Checkbox
        label={t('map.sizeByPopularity')}
        pb={6}
        checked={isSized}
        onChange={(event) => onSized(event.currentTarget.checked)}
      />
    </div>
  )
}
