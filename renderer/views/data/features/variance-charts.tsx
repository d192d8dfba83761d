import { useComputedColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FeaturePreview } from '../../../../main/contract/features'
import { LineChart } from '../../../charts/line-chart'
import { columnsOf, type FeatureLines } from '../../../state/features'
import { lineStyle } from '../../../widgets/palette'

interface VarianceChartsProps {
  lines: FeatureLines
  previews: readonly FeaturePreview[]
}

/** For each vector that is made principal components: how much of its variance the first of them have together. */
export function VarianceCharts({ lines, previews }: VarianceChartsProps) {
  const { t } = useTranslation()
  const scheme = useComputedColorScheme('light')
  return lines.map(({ id, feature }, at) => {
    const shares = previews[at]?.explainedVariance
    if (!shares || shares.length === 0) return null
    let sum = 0
    const values = shares.map((share) => {
      sum += share
      return sum
    })
    const [name] = columnsOf(feature)
    return (
      <LineChart
        key={id}
        title={t('features.variance', { name })}
        positions={shares.map((_, index) => index + 1)}
        axis={t('features.components')}
        kind={t('features.attribute')}
        measured={t('features.varianceShare')}
        height={220}
        lines={[{ ...lineStyle(0, scheme), name, strong: true, values }]}
      />
    )
  })
}
