import { ActionIcon, Fieldset, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { fileName, type ImportDraft } from '../../../state/import'
import { FilePicker } from '../../../widgets/file-picker'
import { CancelIcon } from '../../../widgets/icons'

interface FilesProps {
  draft: ImportDraft
  onChange(change: Partial<ImportDraft>): void
}

/** What a folder was recognised as, and the files of one layout that make the dataset together. */
export function Files({ draft, onChange }: FilesProps) {
  const { t } = useTranslation()
  const { paths, folder } = draft
  return (
    <Fieldset legend={t('import.files.title')} variant="unstyled">
      <Stack gap="xs">
        {folder && <Text size="sm">{t(`import.files.layouts.${folder.layout}`)}</Text>}
        {folder && folder.unused.length > 0 && (
          <Text size="sm" c="dimmed" className="data">
            {t('import.files.unused', { list: folder.unused.join(', ') })}
          </Text>
        )}
        {paths.map((path) => (
          <Group key={path} gap="xs">
            <span className="data">{path}</span>
            {paths.length > 1 && (
              <ActionIcon
                aria-label={t('import.files.remove', { name: fileName(path) })}
                title={t('import.files.remove', { name: fileName(path) })}
                onClick={() => onChange({ paths: paths.filter((other) => other !== path) })}
              >
                <CancelIcon size={12} />
              </ActionIcon>
            )}
          </Group>
        ))}
        {draft.test === null && (
          <Group gap="md">
            <FilePicker
              label={t('import.files.add')}
              variant="default"
              onPicked={(path) => onChange({ paths: [...new Set([...paths, path])] })}
            />
            <Text size="sm" c="dimmed">
              {t('import.files.text')}
            </Text>
          </Group>
        )}
      </Stack>
    </Fieldset>
  )
}
