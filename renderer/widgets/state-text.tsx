import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { JobState } from '../../main/contract/records'

const colours: Record<JobState, string> = {
  queued: 'dimmed',
  running: 'var(--topn-accent)',
  paused: 'var(--topn-warn)',
  done: 'var(--topn-good)',
  failed: 'var(--mantine-color-error)',
  cancelled: 'var(--topn-warn)',
}

/** A job's or run's state, in a word. */
export function StateText({ state }: { state: JobState }) {
  const { t } = useTranslation()
  return (
    <Text span size="xs" c={colours[state]} style={{ whiteSpace: 'nowrap' }}>
      {t(`jobs.state.${state}`)}
    </Text>
  )
}
