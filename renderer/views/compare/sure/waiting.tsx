import { Button, Center, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSay } from '../../../locales/say'
import type { Answer } from '../../../state/engine'
import { Failure, Loading } from '../../../widgets/states'

/** What stands for a comparison while it is made, and where there is none. */
export function Waiting({ answer }: { answer: Answer<unknown> & { retry(): void; stop(): void } }) {
  const { t } = useTranslation()
  const say = useSay()
  if (answer.state === 'loading') {
    return (
      <Stack gap={0}>
        <Loading text={t('significance.loading')} />
        <Center>
          <Button variant="default" size="compact-xs" onClick={answer.stop}>
            {t('significance.stop')}
          </Button>
        </Center>
      </Stack>
    )
  }
  if (answer.state !== 'failed') return null
  // What a metric or runs do not allow is no failure of the program.
  if (answer.error.code !== 'BAD_REQUEST') return <Failure error={answer.error} onRetry={answer.retry} />
  return (
    <Text size="sm" c="dimmed">
      {say(answer.error.message)}
    </Text>
  )
}
