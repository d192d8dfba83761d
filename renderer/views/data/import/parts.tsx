import { Button, Fieldset, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportDraft } from '../../../state/import'
import { FilePicker } from '../../../widgets/file-picker'

interface PartsProps {
  draft: ImportDraft
  onChange(change: Partial<ImportDraft>): void
}

/** The other files of a split that was made elsewhere: a test file, and then perhaps one for validation. */
export function Parts({ draft, onChange }: PartsProps) {
  const { t } = useTranslation()
  return (
    <Fieldset legend={t('data.import.partsTitle')} variant="unstyled">
      <Stack gap="sm">
        <Group gap="md">
          <Part
            part="test"
            path={draft.test}
            onChange={(test) => onChange(test === null ? { test, validation: null } : { test })}
          />
          {draft.test === null && (
            <Text size="sm" c="dimmed">
              {t('data.import.partsText')}
            </Text>
          )}
        </Group>
        {draft.test !== null && (
          <Group gap="md">
            <Part part="validation" path={draft.validation} onChange={(validation) => onChange({ validation })} />
          </Group>
        )}
      </Stack>
    </Fieldset>
  )
}

interface PartProps {
  part: 'test' | 'validation'
  path: string | null
  onChange(path: string | null): void
}

function Part({ part, path, onChange }: PartProps) {
  const { t } = useTranslation()
  if (path === null) return <FilePicker label={t(`data.import.add.${part}`)} variant="default" onPicked={onChange} />
  return (
    <>
      <Text size="sm" c="dimmed">
        {t(`split.parts.${part}`)}
      </Text>
      <span className="data">{path}</span>
      <Button variant="default" onClick={() => onChange(null)}>
        {t('data.import.removeItems')}
      </Button>
    </>
  )
}
