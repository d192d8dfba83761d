import { useFormat } from '../locales/format'
import styles from './share-bar.module.css'

/** A share of 1 as a bar beside its percentage, or beside another text. */
export function ShareBar({ share, text }: { share: number; text?: string }) {
  const format = useFormat()
  return (
    <span className={styles.share}>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.bar} style={{ width: `${100 * Math.min(1, share)}%` }} />
      </span>
      <span className={styles.text}>{text ?? format.percent(share)}</span>
    </span>
  )
}
