import { Button, Center, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Events } from '../main/contract/calls'
import { say, useSay } from './locales/say'
import { Frame } from './shell/frame'
import { useConnection } from './state/connection'
import { EngineContext } from './state/engine'
import { notify } from './state/notify'
import { Loading } from './widgets/states'

/** The whole window: the frame once the engine answers, and what to do while it does not. */
export function App() {
  const { t } = useTranslation()
  const { connection, retry } = useConnection(showNotice)
  if (connection.state === 'connecting') return <Loading text={t('app.connecting')} />
  if (connection.state === 'failed') return <ConnectFailed reason={connection.reason} onRetry={retry} />
  return (
    <EngineContext value={connection.client}>
      <Frame lost={connection.state === 'lost' ? connection.reason : null} onReconnect={retry} />
    </EngineContext>
  )
}

const showNotice = ({ level, message }: Events['notice']) => notify(level, say(message))

function ConnectFailed({ reason, onRetry }: { reason: string; onRetry: () => void }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <Center component="main" p="xl" mih="60vh">
      <Stack gap="sm" align="flex-start" maw={560}>
        <Title order={1}>{t('app.connectFailed')}</Title>
        <Text size="sm" role="alert" className="data">
          {say(reason)}
        </Text>
        <Text size="sm">{t('app.connectFailedNext')}</Text>
        <Button onClick={onRetry}>{t('app.reconnect')}</Button>
      </Stack>
    </Center>
  )
}
