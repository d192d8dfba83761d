import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../locales/format'

/** Writes a count: `12`, or `3 of 12 (25%)` where it is a part of a whole. */
export type PartOf = (count: number, whole: number | undefined) => string

export function usePartOf(): PartOf {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(
    () => (count, whole) =>
      whole === undefined
        ? format.count(count)
        : t('chart.partOf', {
            part: format.count(count),
            whole: format.count(whole),
            share: format.percent(whole === 0 ? 0 : count / whole),
          }),
    [t, format],
  )
}
