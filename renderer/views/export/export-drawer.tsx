import { Button, Drawer, Group, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import type { SelectionRecord } from '../../../main/contract/selections'
import { type ChartFormat, chartFormats, type ExportedChart } from '../../charts/exported-chart'
import { exportSelection } from '../../state/download'
import { useAction, useEngine } from '../../state/engine'
import { newestFirst, useWorkbench } from '../../state/workbench'
import { ExportForm } from './export-form'
import { ExportProgress } from './export-progress'

export type Exported = { run: RunRecord } | { selection: SelectionRecord } | { chart: ExportedChart }

interface ExportDrawerProps {
  of: Exported
  onClose(): void
}

/** The one place from which a run, a selection or a chart is taken away. */
export function ExportDrawer({ of, onClose }: ExportDrawerProps) {
  const { t } = useTranslation()
  return (
    <Drawer.Root opened onClose={onClose} position="right" size={520} transitionProps={{ duration: 0 }}>
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Body pt="md">
          <Group justify="space-between" gap="sm" wrap="nowrap" mb="md">
            <Drawer.Title className="clipped" lh={1.4}>
              {t('exports.openOf', { name: nameOf(of) })}
            </Drawer.Title>
            <Drawer.CloseButton aria-label={t('app.close')} />
          </Group>
          {'chart' in of ? <ChartFiles chart={of.chart} /> : <RunFiles of={of} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function nameOf(of: Exported): string {
  if ('chart' in of) return of.chart.title
  return 'run' in of ? of.run.name : of.selection.name
}

function RunFiles({ of }: { of: Exclude<Exported, { chart: ExportedChart }> }) {
  const { t } = useTranslation()
  const datasetId = 'run' in of ? of.run.datasetId : of.selection.datasetId
  const all = useWorkbench(({ runs }) => runs)
  const runs = newestFirst(all.values()).filter((run) => run.state === 'done' && run.datasetId === datasetId)
  const [runId, setRunId] = useState<string | null>('run' in of ? of.run.id : (runs[0]?.id ?? null))
  const [jobId, setJobId] = useState<string | null>(null)
  if (jobId !== null) return <ExportProgress jobId={jobId} onAgain={() => setJobId(null)} />
  return (
    <Stack gap="md">
      {'selection' in of && <Members selection={of.selection} />}
      {runs.length === 0 && <Text size="sm">{t('exports.noRuns')}</Text>}
      {runs.length > 0 && (
        <Select
          label={t('exports.run')}
          data={runs.map(({ id, name }) => ({ value: id, label: name }))}
          value={runId}
          allowDeselect={false}
          onChange={(id) => setRunId(id)}
        />
      )}
      {runId !== null && (
        <ExportForm
          key={runId}
          runId={runId}
          datasetId={datasetId}
          selection={'selection' in of ? of.selection : null}
          onStarted={setJobId}
        />
      )}
    </Stack>
  )
}

/** The selection itself, whatever runs there are. */
function Members({ selection }: { selection: SelectionRecord }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const save = useAction(() => exportSelection(engine, selection))
  return (
    <Button variant="default" loading={save.busy} onClick={() => save.run()}>
      {t('exports.members', { count: selection.count, name: selection.name })}
    </Button>
  )
}

/** An image, or the numbers. */
function ChartFiles({ chart }: { chart: ExportedChart }) {
  const { t } = useTranslation()
  const save = useAction((format: ChartFormat) => chart.save(format))
  return (
    <Stack gap="sm">
      {chartFormats.map((format) => (
        <Button key={format} variant="default" loading={save.busy} onClick={() => save.run(format)}>
          {t(`chart.${format}`)}
        </Button>
      ))}
    </Stack>
  )
}
