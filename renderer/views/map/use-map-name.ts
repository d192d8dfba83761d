import { useTranslation } from 'react-i18next'
import type { ProjectionRecord } from '../../../main/contract/projection'
import { useWorkbench } from '../../state/workbench'

/** What a map is called: its run, side, method and what sets it apart. */
export function useMapName(): (record: ProjectionRecord) => string {
  const { t } = useTranslation()
  const runs = useWorkbench((state) => state.runs)
  return ({ runId, of, settings }) => {
    const name = t('map.name', {
      run: runs.get(runId)?.name ?? runId,
      side: t(`map.sides.${of}`),
      method: t(`map.methods.${settings.method}`),
    })
    return [name, t(`map.distances.${settings.distance}`), ...own(settings)].join(' · ')
  }
}

function own(settings: ProjectionRecord['settings']): string[] {
  const seed = settings.seed === 42 ? [] : [`seed ${settings.seed}`]
  switch (settings.method) {
    case 'pca':
      return []
    case 'umap':
      return [`${settings.neighbours} / ${settings.min_distance}`, ...seed]
    case 't-sne':
      return [`${settings.perplexity} / ${settings.iterations}`, ...seed]
  }
}
