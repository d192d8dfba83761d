import { Alert, Button, Center, EmptyState, Group, Loader, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlainError } from '../../main/contract/errors'
import { useSay } from '../locales/say'
import styles from './panel.module.css'
import { ShareDone } from './share-done'

/** Says what is missing and offers what to do next. */
export function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className={styles.panel}>
      <EmptyState title={title} description={text} size="sm" p="xl" maw={640} mx="auto">
        <EmptyState.Actions>{children}</EmptyState.Actions>
      </EmptyState>
    </div>
  )
}

/** `view` names the place that waits, to tell how much is done. */
export function Loading({ text, view }: { text?: string; view?: string }) {
  const { t } = useTranslation()
  return (
    <Center p="xl" role="status">
      <Group gap="sm">
        <Loader size="xs" />
        <Text size="sm" c="dimmed">
          {text ?? t('app.loading')}
        </Text>
        {view && <ShareDone view={view} />}
      </Group>
    </Center>
  )
}

interface FailureProps {
  error: PlainError
  /** What to do next. */
  next?: string
  onRetry?: () => void
  /** What else may be done. */
  children?: ReactNode
}

/** What failed, why, and what to do next. */
export function Failure({ error, next, onRetry, children }: FailureProps) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <Alert color="red" variant="light" title={t(`errors.${error.code}`)} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="data">
          {say(error.message)}
        </Text>
        {next && <Text size="sm">{next}</Text>}
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            {t('app.retry')}
          </Button>
        )}
        {children}
      </Stack>
    </Alert>
  )
}
