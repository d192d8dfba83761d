import { Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, RejectedRow } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { useSay } from '../../locales/say'
import { fileName } from '../../state/import'
import { usePages } from '../../state/pages'
import { type Column, DataTable } from '../../widgets/data-table'
import { Dialog } from '../../widgets/dialog'
import { Failure, Loading } from '../../widgets/states'

/** A button that shows the rows that could not be used, each with its place and reason. */
export function RejectedRows({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const [opened, dialog] = useDisclosure(false)
  return (
    <Group>
      <Button variant="default" onClick={dialog.open}>
        {t('data.profile.showRejected')}
      </Button>
      <Dialog
        opened={opened}
        onClose={dialog.close}
        size="80rem"
        title={t('data.rejects.title', { name: dataset.name })}
      >
        {opened && <Rows dataset={dataset} />}
      </Dialog>
    </Group>
  )
}

function Rows({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const say = useSay()
  const { rows, error, isComplete, more, retry } = usePages('datasets.rejects', { datasetId: dataset.id })
  if (error) return <Failure error={error} onRetry={retry} />
  if (!rows) return <Loading />
  const columns: Column<RejectedRow>[] = [
    { key: 'line', heading: t('data.rejects.line'), align: 'right', cell: ({ line }) => format.count(line) },
    {
      key: 'file',
      heading: t('data.rejects.file'),
      cell: ({ file }) => <span className="data">{fileName(file)}</span>,
    },
    {
      key: 'reason',
      heading: t('data.rejects.reason'),
      cell: ({ reason }) => <span className="data">{say(reason)}</span>,
    },
    {
      key: 'text',
      heading: t('data.rejects.text'),
      cell: ({ text }) => (
        <Text ff="monospace" size="xs" maw={560} className="clipped" title={text}>
          {text}
        </Text>
      ),
    },
  ]
  return (
    <>
      {isComplete && rows.length < dataset.profile.rejected && (
        <Text size="sm" c="dimmed" mb="sm">
          {t('data.rejects.first', {
            count: rows.length,
            all: format.count(dataset.profile.rejected),
          })}
        </Text>
      )}
      <DataTable
        label={t('data.rejects.title', { name: dataset.name })}
        columns={columns}
        rows={rows}
        keyOf={(_, index) => String(index)}
        maximumHeight={480}
        onEnd={more}
        empty={t('data.rejects.none')}
      />
    </>
  )
}
