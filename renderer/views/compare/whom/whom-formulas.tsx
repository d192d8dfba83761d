import { useTranslation } from 'react-i18next'
import type { PairedTest } from '../../../../main/contract/comparison'
import { Formulas } from '../sure/formulas'

/** How segments are made and tested, for who wants to know. */
export function WhomFormulas({ test }: { test: PairedTest }) {
  const { t } = useTranslation()
  return (
    <Formulas
      lines={[
        t('segments.formulas.users'),
        t('segments.formulas.items'),
        t('segments.formulas.attributes'),
        t('segments.formulas.test'),
        t(`significance.formulas.${test}`),
        t('segments.formulas.gap'),
      ]}
    />
  )
}
