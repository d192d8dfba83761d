import { Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import styles from './panel.module.css'

interface PanelProps {
  title: ReactNode
  note?: ReactNode
  actions?: ReactNode
  /** Content that reaches the borders, such as a table. */
  flush?: boolean
  /** Content that grows with the panel, such as a chart. */
  fill?: boolean
  children?: ReactNode
}

/** A titled region of a screen. */
export function Panel({ title, note, actions, flush, fill, children }: PanelProps) {
  const id = useId()
  return (
    <section className={fill ? `${styles.panel} ${styles.fill}` : styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <div className={styles.title}>
          <Title order={2} id={id} className="clipped">
            {title}
          </Title>
          {note && (
            <Text size="xs" c="dimmed">
              {note}
            </Text>
          )}
        </div>
        {actions}
      </div>
      {children && <div className={flush ? styles.flush : styles.body}>{children}</div>}
    </section>
  )
}
