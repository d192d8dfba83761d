import { Button, Code, CopyButton, Group, ScrollArea, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import { fileNameOf, saveFile } from '../../charts/export'
import { useAnswer } from '../../state/engine'
import { Dialog } from '../../widgets/dialog'
import { Failure, Loading } from '../../widgets/states'

interface ExperimentFileDialogProps {
  run: RunRecord
  opened: boolean
  onClose(): void
}

/** The file with which the terminal, or anyone else, repeats the run. */
export function ExperimentFileDialog({ run, opened, onClose }: ExperimentFileDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('run.experimentTitle', { name: run.name })}>
      {opened && <Content run={run} />}
    </Dialog>
  )
}

function Content({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const answer = useAnswer('runs.experiment', { runId: run.id })
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  if (!answer.value) return <Loading />
  const text = `${JSON.stringify(answer.value, null, 2)}\n`
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('run.experimentHelp')}
      </Text>
      <ScrollArea.Autosize mah={420} viewportProps={{ tabIndex: 0 }}>
        <Code block>{text}</Code>
      </ScrollArea.Autosize>
      <Group justify="flex-end" gap="sm">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('run.copied') : t('run.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={() => saveFile(fileNameOf(run.name, 'json'), new Blob([text], { type: 'application/json' }))}>
          {t('run.download')}
        </Button>
      </Group>
    </Stack>
  )
}
