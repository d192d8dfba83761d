import type { TFunction } from 'i18next'
import type { MetricId } from '../../main/contract/metrics'
import type { DatasetRecord, RunRecord } from '../../main/contract/records'
import {
  hitMetrics,
  type Segmentation,
  type SegmentGroup,
  type SegmentMap,
  type SegmentName,
  type SegmentResult,
  type SegmentTest,
} from '../../main/contract/segments'
import type { SelectionRecord } from '../../main/contract/selections'
import type { Format } from '../locales/format'

/** A segmentation that can be chosen, and its name in the address. */
export interface SegmentChoice {
  key: string
  segmentation: Segmentation
  of: 'users' | 'items'
}

const segmentedTypes = ['category', 'multi-valued', 'number', 'date']

/** By what the runs of a dataset can be judged, those without items where hits on items do not count. */
export function segmentChoices(
  dataset: DatasetRecord,
  selections: readonly SelectionRecord[],
  metric: MetricId,
  run: RunRecord,
): SegmentChoice[] {
  const { candidates } = run.evaluation
  const canJudgeItems = hitMetrics.includes(metric) && !(typeof candidates === 'object' && 'file' in candidates)
  const attributes = (of: 'users' | 'items') =>
    (of === 'users' ? dataset.userAttributes : dataset.itemAttributes)
      .filter(({ type }) => segmentedTypes.includes(type))
      .map(({ name }) => ({ key: `${of}:${name}`, segmentation: { by: 'attribute' as const, of, name }, of }))
  const all: SegmentChoice[] = [
    { key: 'warmth', segmentation: { by: 'warmth', most: 5 }, of: 'users' },
    { key: 'activity', segmentation: { by: 'activity' }, of: 'users' },
    { key: 'popularity', segmentation: { by: 'popularity' }, of: 'items' },
    ...attributes('users'),
    ...attributes('items'),
    ...selections.map(({ id, of }) => ({
      key: `selection:${id}`,
      segmentation: { by: 'selection' as const, selectionId: id },
      of,
    })),
  ]
  return all.filter(({ of }) => of === 'users' || canJudgeItems)
}

/** What is shown until others are chosen: how much is known of users and items, and the first attribute of each. */
export function usualChoices(choices: readonly SegmentChoice[]): SegmentChoice[] {
  const firstOf = (of: string) =>
    choices.find(({ segmentation: by, of: whose }) => by.by === 'attribute' && whose === of)
  return choices.filter(
    (choice) =>
      ['warmth', 'activity', 'popularity'].includes(choice.key) ||
      choice === firstOf('users') ||
      choice === firstOf('items'),
  )
}

/** A segment of a map and where it stands: its segmentation, and its place there. */
export interface PlacedSegment {
  group: SegmentGroup
  place: number
  result: SegmentResult
}

export function placedSegments({ groups }: SegmentMap): PlacedSegment[] {
  return groups.flatMap((group) => group.segments.map((result, place) => ({ group, place, result })))
}

/** Where the overall winner falls behind: the surest first, then by how far. */
export function upsetsOf(map: SegmentMap): (PlacedSegment & { upset: SegmentTest })[] {
  return placedSegments(map)
    .flatMap((placed) => (placed.result.upset ? [{ ...placed, upset: placed.result.upset }] : []))
    .sort(({ upset: a }, { upset: b }) => a.corrected - b.corrected || Math.abs(b.difference) - Math.abs(a.difference))
}

interface Words {
  t: TFunction
  format: Format
  selections: ReadonlyMap<string, Pick<SelectionRecord, 'name'>>
}

export function segmentationText(segmentation: Segmentation, { t, selections }: Omit<Words, 'format'>): string {
  switch (segmentation.by) {
    case 'attribute':
      return t(`segments.by.${segmentation.of}`, { name: segmentation.name })
    case 'selection':
      return t('segments.by.selection', { name: selections.get(segmentation.selectionId)?.name ?? '?' })
    default:
      return t(`segments.by.${segmentation.by}`)
  }
}

/** A segment in a few words, of users or items and with its thresholds. */
export function segmentText(segmentation: Segmentation, name: SegmentName, { t, format, selections }: Words): string {
  const range = (from: number, to: number, write: (value: number) => string) =>
    from === to ? write(from) : `${write(from)}–${write(to)}`
  const attribute = segmentation.by === 'attribute' ? segmentation.name : ''
  switch (name.kind) {
    case 'level':
      return t(`segments.levels.${name.level}`, { range: range(name.from, name.to, format.count) })
    case 'value':
      return t('segments.value', { attribute, value: name.value })
    case 'range':
      return t('segments.value', {
        attribute,
        value: range(name.from, name.to, name.isDate ? format.date : format.value),
      })
    case 'others':
      return t('segments.others', { attribute, count: name.values })
    case 'missing':
      return t('segments.missing', { attribute })
    default: {
      const selection = segmentation.by === 'selection' ? selections.get(segmentation.selectionId)?.name : undefined
      return t(`segments.${name.kind}`, { name: selection ?? '?' })
    }
  }
}
