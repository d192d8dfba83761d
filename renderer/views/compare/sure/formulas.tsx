import { useTranslation } from 'react-i18next'
import type { PairedTest } from '../../../../main/contract/comparison'
import styles from './how-sure.module.css'

/** How intervals, p-values and effect sizes are computed, for who wants to know. */
export function SureFormulas({ test }: { test: PairedTest }) {
  const { t } = useTranslation()
  const lines = [
    t('significance.formulas.difference'),
    t('significance.formulas.interval'),
    t(`significance.formulas.${test}`),
    t('significance.formulas.holm'),
    t('significance.formulas.effect'),
  ]
  return (
    <details>
      <summary className={styles.summary}>{t('significance.formulas.title')}</summary>
      <ul className={styles.formulas}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  )
}
