import { ActionIcon } from '@mantine/core'
import { useAction } from '../state/engine'
import { DeleteIcon } from './icons'

interface DeleteButtonProps {
  /** Names the thing. */
  label: string
  onDelete(): Promise<void>
}

/** Deletes at once: what it deletes comes back by undo. */
export function DeleteButton({ label, onDelete }: DeleteButtonProps) {
  const remove = useAction(onDelete)
  return (
    <ActionIcon aria-label={label} title={label} loading={remove.busy} onClick={() => remove.run()}>
      <DeleteIcon size={14} />
    </ActionIcon>
  )
}
