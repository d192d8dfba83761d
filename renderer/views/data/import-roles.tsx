import { Fieldset, Group, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FilePreview } from '../../../main/contract/records'
import { roles as allRoles, isHeaderless, type Roles } from '../../state/import'

interface ImportRolesProps {
  preview: FilePreview
  roles: Roles
  onChange(roles: Roles): void
}

/** Which columns are user, item, rating and timestamp: proposed, and open to correction. */
export function ImportRoles({ preview, roles, onChange }: ImportRolesProps) {
  const { t } = useTranslation()
  const choices = useColumnChoices(preview)
  const none = { value: '', label: t('data.import.none') }
  return (
    <Fieldset legend={t('data.import.roles')} variant="unstyled">
      <Group gap="md" align="flex-start">
        {allRoles.map((role) => {
          const isNeeded = role === 'user' || role === 'item'
          return (
            <Select
              key={role}
              label={t(`data.import.role.${role}`)}
              description={t(`data.import.roleHelp.${role}`)}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              w={210}
              searchable={choices.length > 10}
              required={isNeeded}
              data={[none, ...choices]}
              value={roles[role] === null ? '' : String(roles[role])}
              error={isNeeded && roles[role] === null}
              onChange={(value) => onChange({ ...roles, [role]: value ? Number(value) : null })}
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
