import { Button, Group, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FileEntry } from '../../main/contract/records'
import { useAnswer } from '../state/engine'
import { type Column, DataTable } from './data-table'
import styles from './file-browser.module.css'
import { FolderIcon } from './icons'
import { Failure, Loading } from './states'

interface FolderListProps {
  /** Null for the folders that may be opened. */
  path: string | null
  onChoose(path: string | null): void
}

/** The folders within one, of the machine that runs the engine. */
export function FolderList({ path, onChoose }: FolderListProps) {
  const { t } = useTranslation()
  const answer = useAnswer('files.list', { path })
  const columns: Column<FileEntry>[] = [
    {
      key: 'name',
      heading: t('workspace.browse'),
      cell: (entry) => (
        <UnstyledButton className={styles.entry} onClick={() => onChoose(entry.path)}>
          <FolderIcon />
          <span className="data">{entry.name}</span>
        </UnstyledButton>
      ),
    },
  ]
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={() => onChoose(null)} />
  if (!answer.value) return <Loading />
  const { parent, entries } = answer.value
  return (
    <>
      {path !== null && (
        <Group>
          <Button variant="default" onClick={() => onChoose(parent)}>
            {parent === null ? t('data.browser.roots') : t('data.browser.up', { path: parent })}
          </Button>
        </Group>
      )}
      <DataTable
        label={t('workspace.browse')}
        columns={columns}
        rows={entries.filter(({ directory }) => directory)}
        keyOf={({ path }) => path}
        maximumHeight={260}
      />
    </>
  )
}
