import { useTranslation } from 'react-i18next'
import type { SegmentGroup } from '../../../../main/contract/segments'
import { useFormat } from '../../../locales/format'
import { type Column, DataTable } from '../../../widgets/data-table'
import { Panel } from '../../../widgets/panel'
import type { FoundParts } from './for-whom'
import { useSegmentTexts } from './segment-texts'

/** How unequally each run serves the segments of one segmentation. */
export function Gaps({ map, nameOf, metric }: FoundParts) {
  const { t } = useTranslation()
  const format = useFormat()
  const texts = useSegmentTexts()
  const rows = map.groups.filter(({ gaps }) => gaps.some((gap) => gap !== null))
  if (rows.length === 0) return null
  const columns: Column<SegmentGroup>[] = [
    {
      key: 'segmentation',
      heading: t('segments.choice'),
      cell: ({ segmentation }) => texts.segmentation(segmentation),
    },
    ...map.runIds.map(
      (runId, place): Column<SegmentGroup> => ({
        key: runId,
        heading: nameOf(place),
        align: 'right',
        cell: (group) => {
          const gap = group.gaps[place]
          if (!gap) return '–'
          const name = (at: number) => texts.segment({ group, result: group.segments[at] })
          const title = t('segments.gapBetween', { highest: name(gap.highest), lowest: name(gap.lowest) })
          return <span title={title}>{format.decimal(gap.gap)}</span>
        },
      }),
    ),
  ]
  return (
    <Panel title={t('segments.gaps', { metric })} note={t('segments.gapsNote')} flush>
      <DataTable
        label={t('segments.gaps', { metric })}
        columns={columns}
        rows={rows}
        keyOf={({ segmentation }) => JSON.stringify(segmentation)}
      />
    </Panel>
  )
}
