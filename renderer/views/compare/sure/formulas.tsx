import { useTranslation } from 'react-i18next'
import type { PairedTest } from '../../../../main/contract/comparison'
import styles from './how-sure.module.css'

/** How numbers are computed, for who wants to know. */
export function Formulas({ lines }: { lines: string[] }) {
  const { t } = useTranslation()
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

/** Of intervals, p-values and effect sizes. */
export function SureFormulas({ test }: { test: PairedTest }) {
  const { t } = useTranslation()
  return (
    <Formulas
      lines={[
        t('significance.formulas.difference'),
        t('significance.formulas.interval'),
        t(`significance.formulas.${test}`),
        t('significance.formulas.holm'),
        t('significance.formulas.effect'),
      ]}
    />
  )
}
