import { Box, Button, NumberInput, SegmentedControl, Select, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '../../../main/contract/calls'
import type { Subject } from '../../../main/contract/filters'
import { type Distance, distances, type ProjectionMethod, projectionMethods } from '../../../main/contract/projection'
import type { JobRecord, RunRecord } from '../../../main/contract/records'
import { useSay } from '../../locales/say'
import { useAction, useEngine } from '../../state/engine'
import { adjust } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { isActive } from '../../widgets/job-progress'
import { JobUnderway } from '../../widgets/job-underway'
import { Panel } from '../../widgets/panel'
import styles from './map.module.css'

type Settings = CallInput<'projections.start'>['settings']
type Numbers = Record<NumberName, number | string>
type NumberName = 'neighbours' | 'min_distance' | 'perplexity' | 'iterations' | 'seed'

const ranges: Record<NumberName, { from: number; to: number; step: number; isWhole: boolean }> = {
  neighbours: { from: 2, to: 200, step: 1, isWhole: true },
  min_distance: { from: 0, to: 1, step: 0.05, isWhole: false },
  perplexity: { from: 2, to: 100, step: 1, isWhole: false },
  iterations: { from: 50, to: 5000, step: 50, isWhole: true },
  seed: { from: 0, to: 2 ** 32 - 1, step: 1, isWhole: true },
}
const usualNumbers: Numbers = { neighbours: 15, min_distance: 0.1, perplexity: 30, iterations: 750, seed: 42 }
const numbersOf: Record<ProjectionMethod, NumberName[]> = {
  pca: [],
  umap: ['neighbours', 'min_distance', 'seed'],
  't-sne': ['perplexity', 'iterations', 'seed'],
}

/** What is laid out, and how. */
interface Layout {
  runId: string
  of: Subject
  method: ProjectionMethod
  distance: Distance
  numbers: Numbers
}

const usual: Omit<Layout, 'runId'> = { of: 'items', method: 'umap', distance: 'cosine', numbers: usualNumbers }

/** Says what is laid out and how; a job does it, and shows the map when it is done. */
export function NewMap({ runs }: { runs: RunRecord[] }) {
  const { t } = useTranslation()
  const [layout, setLayout] = useState<Layout>({ ...usual, runId: runs[0].id })
  const run = runs.find(({ id }) => id === layout.runId) ?? runs[0]
  const { job, start } = useProjection({ ...layout, runId: run.id })
  const isSound = numbersOf[layout.method].every((name) => isWithin(name, layout.numbers[name]))
  return (
    <Panel title={t('map.new.title')} note={t('map.new.note')}>
      <div className={styles.form}>
        <Select
          label={t('map.new.run')}
          data={runs.map(({ id, name }) => ({ value: id, label: name }))}
          value={run.id}
          searchable={runs.length > 8}
          onChange={(id) => id !== null && setLayout({ ...layout, runId: id })}
        />
        <LayoutFields layout={layout} onChange={(changed) => setLayout({ ...layout, ...changed })} />
        <Button disabled={!isSound || (job !== undefined && isActive(job))} loading={start.busy} onClick={start.run}>
          {t('map.new.start')}
        </Button>
      </div>
      <Text size="xs" c="dimmed" mt="sm">
        {isSound ? t(`map.new.methodHelp.${layout.method}`) : t('map.new.wrong')}
      </Text>
      {job && <JobState job={job} />}
    </Panel>
  )
}

/** The job that lays out, and what starts it; when it is done its map is shown. */
function useProjection({ runId, of, method, distance, numbers }: Layout) {
  const engine = useEngine()
  const [jobId, setJobId] = useState<string | null>(null)
  const job = useWorkbench(({ jobs }) => jobs.get(jobId ?? ''))
  useEffect(() => {
    if (job?.state === 'done' && job.subject) adjust('map', { id: job.subject })
  }, [job?.state, job?.subject])
  const start = useAction(async () => {
    const own = Object.fromEntries(numbersOf[method].map((name) => [name, Number(numbers[name])]))
    const settings = { method, distance, ...own } as Settings
    setJobId((await engine.call('projections.start', { runId, of, settings })).id)
  })
  return { job, start }
}

interface LayoutFieldsProps {
  layout: Layout
  onChange(changed: Partial<Layout>): void
}

function LayoutFields({ layout: { of, method, distance, numbers }, onChange }: LayoutFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Choice
        label={t('map.new.side')}
        data={(['items', 'users'] as const).map((side) => ({ value: side, label: t(`map.sides.${side}`) }))}
        value={of}
        onChange={(side) => onChange({ of: side as Subject })}
      />
      <Choice
        label={t('map.new.method')}
        data={projectionMethods.map((name) => ({ value: name, label: t(`map.methods.${name}`) }))}
        value={method}
        onChange={(name) => onChange({ method: name as ProjectionMethod })}
      />
      <Select
        label={t('map.new.distance')}
        w={130}
        data={distances.map((name) => ({ value: name, label: t(`map.distances.${name}`) }))}
        value={distance}
        onChange={(name) => name !== null && onChange({ distance: name as Distance })}
      />
      {numbersOf[method].map((name) => (
        <NumberField
          key={name}
          name={name}
          value={numbers[name]}
          onChange={(value) => onChange({ numbers: { ...numbers, [name]: value } })}
        />
      ))}
    </>
  )
}

function isWithin(name: NumberName, value: number | string): boolean {
  const { from, to, isWhole } = ranges[name]
  const number = value === '' ? Number.NaN : Number(value)
  return number >= from && number <= to && (!isWhole || Number.isInteger(number))
}

interface ChoiceProps {
  label: string
  data: { value: string; label: string }[]
  value: string
  onChange(value: string): void
}

function Choice({ label, ...control }: ChoiceProps) {
  return (
    <div>
      <Text size="xs" fw={500} mb={2} aria-hidden="true">
        {label}
      </Text>
      <SegmentedControl aria-label={label} {...control} />
    </div>
  )
}

function NumberField({
  name,
  value,
  onChange,
}: {
  name: NumberName
  value: number | string
  onChange(value: number | string): void
}) {
  const { t } = useTranslation()
  const { from, to, step, isWhole } = ranges[name]
  const labels = {
    neighbours: [t('map.new.neighbours'), t('map.new.neighboursHelp')],
    min_distance: [t('map.new.minDistance'), t('map.new.minDistanceHelp')],
    perplexity: [t('map.new.perplexity'), t('map.new.perplexityHelp')],
    iterations: [t('map.new.iterations'), ''],
    seed: [t('map.new.seed'), ''],
  }[name]
  return (
    <NumberInput
      w={110}
      label={labels[0]}
      title={labels[1]}
      value={value}
      min={from}
      max={to}
      step={step}
      clampBehavior="none"
      allowDecimal={!isWhole}
      error={!isWithin(name, value)}
      onChange={onChange}
    />
  )
}

function JobState({ job }: { job: JobRecord }) {
  const say = useSay()
  if (isActive(job)) {
    return (
      <Box mt="sm">
        <JobUnderway job={job} />
      </Box>
    )
  }
  if (job.state !== 'failed') return null
  return (
    <Text size="sm" mt="sm" c="var(--mantine-color-error)" role="alert" className="data">
      {say(job.error?.message ?? '')}
    </Text>
  )
}
