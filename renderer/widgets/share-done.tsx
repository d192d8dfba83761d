import { Group, Progress, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../locales/format'
import { useProgress } from '../state/progress'

/** Milliseconds that one waits without looking for a bar. */
const patience = 700

/** How much is done of what a place of a screen waits for; nothing where that is not known, or soon over. */
export function ShareDone({ view }: { view: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const fraction = useProgress(view)
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patience)
    return () => clearTimeout(timer)
  }, [])
  if (!isLong || fraction === null) return null
  return (
    <Group gap="xs" wrap="nowrap">
      <Progress value={fraction * 100} w={120} size="sm" aria-label={t('values.done')} />
      <Text size="xs" c="dimmed">
        {format.percent(fraction)}
      </Text>
    </Group>
  )
}
