import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Segmentation } from '../../../../main/contract/segments'
import { useFormat } from '../../../locales/format'
import { type PlacedSegment, segmentationText, segmentText } from '../../../state/segments'
import { useWorkbench } from '../../../state/workbench'

/** What segmentations and segments are called. */
export function useSegmentTexts() {
  const { t } = useTranslation()
  const format = useFormat()
  const selections = useWorkbench((state) => state.selections)
  return useMemo(() => {
    const words = { t, format, selections }
    return {
      segmentation: (segmentation: Segmentation) => segmentationText(segmentation, words),
      segment: ({ group, result }: Pick<PlacedSegment, 'group' | 'result'>) =>
        segmentText(group.segmentation, result.name, words),
    }
  }, [t, format, selections])
}
