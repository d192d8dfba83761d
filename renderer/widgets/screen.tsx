import { Group, Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface ScreenProps {
  /** A text, or a heading of its own kind. */
  title: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A screen's heading with its actions, above its panels. */
export function Screen({ title, actions, children }: ScreenProps) {
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm" mih={30}>
        {typeof title === 'string' ? <Title order={1}>{title}</Title> : title}
        <Group gap="sm">{actions}</Group>
      </Group>
      {children}
    </Stack>
  )
}
