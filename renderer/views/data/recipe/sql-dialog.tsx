import { Button, Code, CopyButton, Group, ScrollArea, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RecipeEffect } from '../../../../main/contract/recipes'
import { Dialog } from '../../../widgets/dialog'

interface SqlDialogProps {
  steps: readonly RecipeEffect[]
  opened: boolean
  onClose(): void
}

/** What the recipe runs, step by step. */
export function SqlDialog({ steps, opened, onClose }: SqlDialogProps) {
  const { t } = useTranslation()
  const blocks = steps.map(({ step, sql }, at) => {
    const statements = sql.map((statement) => `${statement};`).join('\n')
    return `-- ${at + 1}. ${t(`recipe.steps.${step.step}.name`)}\n${statements}\n`
  })
  const text = blocks.join('\n')
  return (
    <Dialog opened={opened} onClose={onClose} size="xl" title={t('recipe.sqlTitle')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('recipe.sqlHelp')}
        </Text>
        <ScrollArea.Autosize mah={420} viewportProps={{ tabIndex: 0 }}>
          <Code block>{text}</Code>
        </ScrollArea.Autosize>
        <Group justify="flex-end">
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? t('recipe.copied') : t('recipe.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Dialog>
  )
}
