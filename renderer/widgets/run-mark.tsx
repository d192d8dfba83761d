import { useComputedColorScheme } from '@mantine/core'
import { useCallback } from 'react'
import { formatRoute } from '../state/router'
import { useWorkbench } from '../state/workbench'
import { lineStyle } from './palette'
import styles from './run-mark.module.css'

/** How runs look in the scheme in force: the same everywhere. */
export function useRunStyle(): (runId: string) => { color: string; dash: 'solid' | 'dashed' | 'dotted' } {
  const scheme = useComputedColorScheme('light')
  const colours = useWorkbench((state) => state.colours)
  return useCallback((runId) => lineStyle(colours.get(runId) ?? 0, scheme), [colours, scheme])
}

/** A run's name behind its colour: the way to its page. */
export function RunMark({ id, name }: { id: string; name: string }) {
  return (
    <a href={formatRoute('run', { id })} className={`${styles.mark} ${styles.link}`} title={name}>
      <RunDot id={id} />
      <span className="clipped">{name}</span>
    </a>
  )
}

/** A run's colour; a ring instead of a dot where the colour is used a second time. */
export function RunDot({ id }: { id: string }) {
  const { color, dash } = useRunStyle()(id)
  return (
    <span
      className={dash === 'solid' ? styles.dot : `${styles.dot} ${styles.ring}`}
      style={dash === 'solid' ? { background: color } : { borderColor: color }}
    />
  )
}
