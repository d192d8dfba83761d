import { Group, Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** A screen's heading with its actions, above its panels. */
export function Screen({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm" mih={30}>
        <Title order={1}>{title}</Title>
        <Group gap="sm">{actions}</Group>
      </Group>
      {children}
    </Stack>
  )
}
