import { ActionIcon } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Shown } from '../commands/command'
import { show } from '../commands/state'
import { EditIcon } from './icons'

/** Asks for a new name of a thing. */
export function RenameButton(renamed: Omit<Extract<Shown, { kind: 'rename' }>, 'kind'>) {
  const { t } = useTranslation()
  const label = t('remarks.rename', { name: renamed.record.name })
  return (
    <ActionIcon
      size="sm"
      aria-label={label}
      title={label}
      onClick={() => show({ kind: 'rename', ...renamed } as Extract<Shown, { kind: 'rename' }>)}
    >
      <EditIcon size={13} />
    </ActionIcon>
  )
}
