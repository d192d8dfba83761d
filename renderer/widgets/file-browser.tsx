import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileEntry } from '../../main/contract/records'
import { useFormat } from '../locales/format'
import { useAnswer } from '../state/engine'
import { type Column, DataTable } from './data-table'
import { Dialog } from './dialog'
import styles from './file-browser.module.css'
import { FileIcon, FolderIcon } from './icons'
import { Failure, Loading } from './states'

interface FileBrowserProps {
  opened: boolean
  onClose(): void
  onPicked(path: string): void
  /** Offers folders too. */
  onFolder?(path: string): void
}

/** Chooses a file of the machine that runs the engine, within the folders that it allows. */
export function FileBrowser({ opened, onClose, ...chosen }: FileBrowserProps) {
  const { t } = useTranslation()
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('data.browser.title')}>
      {opened && <Folder {...chosen} />}
    </Dialog>
  )
}

function Folder({ onPicked, onFolder }: Pick<FileBrowserProps, 'onPicked' | 'onFolder'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const [path, setPath] = useState<string | null>(null)
  const answer = useAnswer('files.list', { path })
  const columns: Column<FileEntry>[] = [
    {
      key: 'name',
      heading: t('data.browser.name'),
      cell: (entry) => (
        <UnstyledButton
          className={styles.entry}
          onClick={() => (entry.directory ? setPath(entry.path) : onPicked(entry.path))}
        >
          {entry.directory ? <FolderIcon /> : <FileIcon />}
          <span className="data">{entry.name}</span>
        </UnstyledButton>
      ),
    },
    {
      key: 'size',
      heading: t('data.browser.size'),
      align: 'right',
      cell: (entry) => (entry.directory ? '' : format.bytes(entry.bytes)),
    },
  ]
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={() => setPath(null)} />
  if (!answer.value) return <Loading />
  const { value } = answer
  return (
    <Stack gap="sm" align="stretch">
      <Text size="sm" c="dimmed" className="data">
        {value.path ?? t('data.browser.roots')}
      </Text>
      {value.path !== null && (
        <Group gap="sm">
          <Button variant="default" onClick={() => setPath(value.parent)}>
            {value.parent === null ? t('data.browser.roots') : t('data.browser.up', { path: value.parent })}
          </Button>
          {onFolder && (
            <Button disabled={answer.state === 'loading'} onClick={() => value.path && onFolder(value.path)}>
              {t('data.browser.useFolder')}
            </Button>
          )}
        </Group>
      )}
      <DataTable
        label={value.path ?? t('data.browser.roots')}
        columns={columns}
        rows={value.entries}
        keyOf={({ path }) => path}
        maximumHeight={420}
        empty={t('data.browser.empty')}
      />
    </Stack>
  )
}
