import { Fieldset, Group, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Columns } from '../../../../main/contract/experiment'
import type { FilePreview } from '../../../../main/contract/previews'
import { roles as allRoles, columnAt, isHeaderless, positionOf } from '../../../state/import'

interface RolesProps {
  preview: FilePreview
  columns: Partial<Columns>
  onChange(columns: Partial<Columns>): void
}

/** Which columns are user, item, rating, timestamp and event: proposed, and open to correction. */
export function Roles({ preview, columns, onChange }: RolesProps) {
  const { t } = useTranslation()
  const choices = useColumnChoices(preview)
  const none = { value: '', label: t('data.import.none') }
  return (
    <Fieldset legend={t('data.import.roles')} variant="unstyled">
      <Group gap="md" align="flex-start">
        {allRoles.map((role) => {
          const isNeeded = role === 'user' || role === 'item'
          const { [role]: column, ...others } = columns
          const position = positionOf(preview, column)
          return (
            <Select
              key={role}
              label={t(`data.import.role.${role}`)}
              description={t(`data.import.roleHelp.${role}`)}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              w={196}
              searchable={choices.length > 10}
              required={isNeeded}
              data={[none, ...choices]}
              value={position === null ? '' : String(position)}
              error={isNeeded && position === null}
              onChange={(value) => onChange(value ? { ...others, [role]: columnAt(preview, Number(value)) } : others)}
            />
          )
        })}
      </Group>
    </Fieldset>
  )
}

/** The columns of a file as choices, by position. */
export function useColumnChoices(preview: FilePreview): { value: string; label: string }[] {
  const { t } = useTranslation()
  return preview.header.map((name, position) => ({
    value: String(position),
    label: isHeaderless(preview) || name === '' ? t('data.import.column', { number: position + 1 }) : name,
  }))
}
