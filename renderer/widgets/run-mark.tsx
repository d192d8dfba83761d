import { useComputedColorScheme } from '@mantine/core'
import { useWorkbench } from '../state/workbench'
import { lineStyle } from './palette'
import styles from './run-mark.module.css'

/** How runs look in the scheme in force: the same everywhere. */
export function useRunStyle(): (runId: string) => { color: string; dash: 'solid' | 'dashed' | 'dotted' } {
  const scheme = useComputedColorScheme('light')
  const colours = useWorkbench((state) => state.colours)
  return (runId) => lineStyle(colours.get(runId) ?? 0, scheme)
}

/** A run's name behind its colour; a ring instead of a dot where the colour is used a second time. */
export function RunMark({ id, name }: { id: string; name: string }) {
  const { color, dash } = useRunStyle()(id)
  return (
    <span className={styles.mark}>
      <span
        className={dash === 'solid' ? styles.dot : `${styles.dot} ${styles.ring}`}
        style={dash === 'solid' ? { background: color } : { borderColor: color }}
      />
      <span className="clipped">{name}</span>
    </span>
  )
}
