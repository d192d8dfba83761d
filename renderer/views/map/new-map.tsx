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
const usual: Numbers = { neighbours: 15, min_distance: 0.1, perplexity: 30, iterations: 750, seed: 42 }
const numbersOf: Record<ProjectionMethod, NumberName[]> = {
  pca: [],
  umap: ['neighbours', 'min_distance', 'seed'],
  't-sne': ['perplexity', 'iterations', 'seed'],
}

/** Says what is laid out and how; a job does it, and shows the map when it is done. */
export function NewMap({ runs }: { runs: RunRecord[] }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [runId, setRunId] = useState(runs[0].id)
  const [of, setOf] = useState<Subject>('items')
  const [method, setMethod] = useState<ProjectionMethod>('umap')
  const [distance, setDistance] = useState<Distance>('cosine')
  const [numbers, setNumbers] = useState(usual)
  const [jobId, setJobId] = useState<string | null>(null)
  const job = useWorkbench(({ jobs }) => jobs.get(jobId ?? ''))
  useEffect(() => {
    if (job?.state === 'done' && job.subject) adjust('map', { id: job.subject })
  }, [job?.state, job?.subject])
  const names = numbersOf[method]
  const isSound = names.every((name) => isWithin(name, numbers[name]))
  const own = Object.fromEntries(names.map((name) => [name, Number(numbers[name])]))
  const run = runs.find(({ id }) => id === runId) ?? runs[0]
  const start = useAction(async () => {
    const settings = { method, distance, ...own } as Settings
    setJobId((await engine.call('projections.start', { runId: run.id, of, settings })).id)
  })
  return (
    <Panel title={t('map.new.title')} note={t('map.new.note')}>
      <div className={styles.form}>
        <Select
          label={t('map.new.run')}
          data={runs.map(({ id, name }) => ({ value: id, label: name }))}
          value={run.id}
          searchable={runs.length > 8}
          onChange={(id) => id !== null && setRunId(id)}
        />
        <Choice
          label={t('map.new.side')}
          data={(['items', 'users'] as const).map((side) => ({ value: side, label: t(`map.sides.${side}`) }))}
          value={of}
          onChange={(side) => setOf(side as Subject)}
        />
        <Choice
          label={t('map.new.method')}
          data={projectionMethods.map((name) => ({ value: name, label: t(`map.methods.${name}`) }))}
          value={method}
          onChange={(name) => setMethod(name as ProjectionMethod)}
        />
        <Select
          label={t('map.new.distance')}
          w={130}
          data={distances.map((name) => ({ value: name, label: t(`map.distances.${name}`) }))}
          value={distance}
          onChange={(name) => name !== null && setDistance(name as Distance)}
        />
        {names.map((name) => (
          <NumberField
            key={name}
            name={name}
            value={numbers[name]}
            onChange={(value) => setNumbers({ ...numbers, [name]: value })}
          />
        ))}
        <Button disabled={!isSound || (job !== undefined && isActive(job))} loading={start.busy} onClick={start.run}>
          {t('map.new.start')}
        </Button>
      </div>
      <Text size="xs" c="dimmed" mt="sm">
        {isSound ? t(`map.new.methodHelp.${method}`) : t('map.new.wrong')}
      </Text>
      {job && <JobState job={job} />}
    </Panel>
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
