import type { ReactNode } from 'react'
import styles from './fields.module.css'

export type Field = [name: string, value: ReactNode]

/** Named values, one on each line. */
export function Fields({ fields }: { fields: Field[] }) {
  return (
    <dl className={styles.fields}>
      {fields.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="data">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
