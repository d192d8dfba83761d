import { useState } from 'react'
import type { ProjectionRecord } from '../../../main/contract/projection'
import type { DatasetRecord } from '../../../main/contract/records'
import type { ColourKey } from '../../state/maps'
import { useQueryValue } from '../../state/router'
import { Failure } from '../../widgets/states'
import { ClustersPanel } from './clusters-panel'
import { Legend } from './legend'
import styles from './map.module.css'
import { MapPanel } from './map-panel'
import { MapToolbar } from './map-toolbar'
import type { Tool } from './point-map'
import { PointPanel } from './point-panel'
import { SelectionPanel } from './selection-panel'
import { SideBySide } from './side-by-side'
import { useLooks } from './use-looks'

interface MapRoomProps {
  dataset: DatasetRecord
  maps: readonly ProjectionRecord[]
  shown: ProjectionRecord
  /** Another map was deleted in this place: the chooser takes the focus that its button had. */
  isDeleted: boolean
  onDelete(): void
}

/** What is chosen in a map, by the places of its points. */
export interface Chosen {
  /** Null: nothing is, and all points have their colours. */
  selected: Uint32Array | null
  pinned: number | null
  /** Counts how often the pinned point was asked into the middle. */
  focus: number
}

const nothingChosen: Chosen = { selected: null, pinned: null, focus: 0 }

/** A map with everything that can be asked of it. */
export function MapRoom({ dataset, maps, shown, isDeleted, onDelete }: MapRoomProps) {
  const [chosen, setChosen] = useState(nothingChosen)
  const [tool, setTool] = useState<Tool>('pan')
  const [colour, setColour] = useState<ColourKey>(shown.clusters.length > 0 ? 'cluster' : 'none')
  const [clusters, setClusters] = useState(shown.bestClusters ?? 2)
  const [isSized, setSized] = useState(false)
  const besideId = useQueryValue('beside')
  const beside = maps.find(({ id, of }) => id === besideId && id !== shown.id && of === shown.of)
  const { looks, answer } = useLooks({ shown, dataset, colour, clusters, isSized })
  const select = (selected: Uint32Array | null) =>
    setChosen((before) => ({ ...before, selected: selected && selected.length > 0 ? selected : null }))
  const pin = (pinned: number | null, isSought = false) =>
    setChosen((before) => ({ ...before, pinned, focus: before.focus + (isSought ? 1 : 0) }))
  return (
    <>
      <div className={styles.room}>
        <MapPanel {...{ maps, shown, beside, isDeleted, onDelete }}>
          <MapToolbar
            {...{ dataset, shown, tool, colour, clusters, isSized }}
            onTool={setTool}
            onColour={setColour}
            onClusters={setClusters}
            onSized={setSized}
          />
          <SideBySide {...{ shown, beside, looks, tool, chosen }} onSelect={select} onPick={pin} />
          {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
          {looks.values && <Legend {...looks} values={looks.values} onSelect={select} />}
        </MapPanel>
        <div className={styles.side}>
          <PointPanel shown={shown} pinned={chosen.pinned} onPin={pin} onSelect={select} />
          <SelectionPanel shown={shown} selected={chosen.selected} onSelect={select} />
        </div>
      </div>
      {shown.clusters.length > 0 && (
        <ClustersPanel shown={shown} clusters={clusters} onClusters={setClusters} onSelect={select} />
      )}
    </>
  )
}
