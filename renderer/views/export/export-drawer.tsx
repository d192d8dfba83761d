import { Drawer, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import type { SelectionRecord } from '../../../main/contract/selections'
import { newestFirst, useWorkbench } from '../../state/workbench'
import { ExportForm } from './export-form'
import { ExportProgress } from './export-progress'

interface ExportDrawerProps {
  of: { run: RunRecord } | { selection: SelectionRecord }
  onClose(): void
}

/** The one place from which anything of a run is taken away. */
export function ExportDrawer({ of, onClose }: ExportDrawerProps) {
  const { t } = useTranslation()
  const datasetId = 'run' in of ? of.run.datasetId : of.selection.datasetId
  const all = useWorkbench(({ runs }) => runs)
  const runs = newestFirst(all.values()).filter((run) => run.state === 'done' && run.datasetId === datasetId)
  const [runId, setRunId] = useState<string | null>('run' in of ? of.run.id : (runs[0]?.id ?? null))
  const [jobId, setJobId] = useState<string | null>(null)
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={520}
      title={t('exports.title')}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        {jobId !== null && <ExportProgress jobId={jobId} onAgain={() => setJobId(null)} />}
        {jobId === null && runs.length === 0 && <Text size="sm">{t('exports.noRuns')}</Text>}
        {jobId === null && runs.length > 0 && (
          <Select
            label={t('exports.run')}
            data={runs.map(({ id, name }) => ({ value: id, label: name }))}
            value={runId}
            allowDeselect={false}
            onChange={(id) => setRunId(id)}
          />
        )}
        {jobId === null && runId !== null && (
          <ExportForm
            key={runId}
            runId={runId}
            datasetId={datasetId}
            selection={'selection' in of ? of.selection : null}
            onStarted={setJobId}
          />
        )}
      </Stack>
    </Drawer>
  )
}
