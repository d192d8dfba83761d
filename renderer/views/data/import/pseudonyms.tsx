import { Checkbox, Fieldset, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportDraft } from '../../../state/import'

interface PseudonymsProps {
  draft: ImportDraft
  onChange(change: Partial<ImportDraft>): void
}

const subjects = ['users', 'items'] as const

/** Whose ids never enter the workspace. */
export function Pseudonyms({ draft, onChange }: PseudonymsProps) {
  const { t } = useTranslation()
  const { pseudonymise } = draft
  return (
    <Fieldset legend={t('privacy.pseudonyms')} variant="unstyled">
      <Group gap="md">
        {subjects.map((of) => (
          <Checkbox
            key={of}
            label={t(`privacy.replace.${of}`)}
            checked={pseudonymise.includes(of)}
            onChange={({ currentTarget: { checked } }) =>
              onChange({
                pseudonymise: subjects.filter((each) => (each === of ? checked : pseudonymise.includes(each))),
              })
            }
          />
        ))}
        <Text size="sm" c="dimmed">
          {t('privacy.replaceHelp')}
        </Text>
      </Group>
    </Fieldset>
  )
}
