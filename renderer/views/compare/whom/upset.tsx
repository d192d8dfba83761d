import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SegmentTest } from '../../../../main/contract/segments'
import { useFormat } from '../../../locales/format'
import { placedSegments, upsetsOf } from '../../../state/segments'
import { pText } from '../../../state/significance'
import type { FoundParts } from './for-whom'
import { useSegmentTexts } from './segment-texts'

/** Below it a difference counts as found. */
const isSure = ({ corrected }: SegmentTest) => corrected < 0.05

/** In one sentence: who wins over all users, and for whom it loses. */
export function Upset({ map, nameOf, metric }: FoundParts) {
  const { t } = useTranslation()
  const format = useFormat()
  const { segment: textOf } = useSegmentTexts()
  const upsets = upsetsOf(map)
  const winner = nameOf(map.winner)
  const count = placedSegments(map).filter(({ result }) => result.users > 0).length
  const [first] = upsets
  if (!first) {
    return (
      <Text size="sm" fw={550} role="status">
        {t('segments.noUpset', { winner, metric, count })}
      </Text>
    )
  }
  const { upset, result } = first
  return (
    <Text size="sm" fw={550} role="status">
      {t(isSure(upset) ? 'segments.upset' : 'segments.upsetByChance', {
        winner,
        better: nameOf(upset.better),
        segment: textOf(first),
        metric,
        own: format.decimal(result.means[upset.worse] ?? Number.NaN),
        other: format.decimal(result.means[upset.better] ?? Number.NaN),
        users: format.count(result.users),
        p: pText(upset.corrected, format),
      })}{' '}
      {t('segments.upsets', {
        count: upsets.length,
        all: count,
        found: upsets.filter(({ upset }) => isSure(upset)).length,
      })}
    </Text>
  )
}
