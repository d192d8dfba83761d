import { Group, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyRecord, TrialRecord } from '../../../main/contract/tuning'
import { useFormat } from '../../locales/format'
import { type Judged, searchAxes, wholeTrials } from '../../state/study-space'
import { useWorkbench } from '../../state/workbench'
import { BestSoFar } from './best-so-far'
import { BothObjectives } from './both-objectives'
import { ImportancePanel } from './importance-panel'
import { useModelName } from './model-name'
import { useObjectiveName } from './objective-name'
import { SettingsChart } from './settings-chart'
import { SliceChart } from './slice-chart'
import styles from './study-views.module.css'
import { TrialSurface } from './trial-surface'
import { TrialTimeline } from './trial-timeline'

interface StudyViewsProps {
  study: StudyRecord
  trials: readonly TrialRecord[]
  objective: string
  onObjective(objective: string): void
  /** Numbers of the trials that are chosen; null for all. */
  chosen: ReadonlySet<number> | null
  onChosen(chosen: ReadonlySet<number> | null): void
}

/** A study in pictures: settings are shown of one model at a time. */
export function StudyViews({ study, trials, objective, onObjective, chosen, onChosen }: StudyViewsProps) {
  const { t } = useTranslation()
  const nameOf = useModelName()
  const measured = useObjectiveName()
  const whole = wholeTrials(trials)
  const tried = study.settings.models.map(({ model }) => model)
  const best = whole.find(({ number }) => number === study.best[0])?.model
  const [wanted, setWanted] = useState<string | null>(null)
  const model = wanted ?? best ?? tried[0]
  const { objectives } = study.settings
  return (
    <>
      <Group gap="sm">
        {tried.length > 1 && (
          <Select
            aria-label={t('tune.study.model')}
            data={tried.map((value) => ({ value, label: nameOf(value) }))}
            value={model}
            onChange={(value) => {
              setWanted(value)
              onChosen(null)
            }}
          />
        )}
        {objectives.length > 1 && (
          <Select
            aria-label={t('tune.new.objective')}
            data={objectives.map((value) => ({ value, label: measured(value) }))}
            value={objective}
            onChange={(value) => value !== null && onObjective(value)}
          />
        )}
      </Group>
      <OfModel
        key={model}
        study={study}
        model={model}
        trials={whole.filter((trial) => trial.model === model)}
        objective={objective}
        chosen={chosen}
        onChosen={onChosen}
      />
      <div className={styles.grid}>
        <BestSoFar trials={whole} objective={objective} />
        <TrialTimeline study={study} trials={trials} />
        {objectives.length > 1 && <BothObjectives trials={whole} objectives={objectives} />}
      </div>
    </>
  )
}

type OfModelProps = Omit<StudyViewsProps, 'trials' | 'onObjective'> & { model: string; trials: readonly Judged[] }

/** How what was searched of a model bears on the objective. */
function OfModel({ study, model, trials, objective, chosen, onChosen }: OfModelProps) {
  const format = useFormat()
  const description = useWorkbench(({ models }) => models.find(({ id }) => id === model))
  if (!description || trials.length === 0) return null
  const axes = searchAxes(study, description, format)
  if (axes.length === 0) return null
  return (
    <>
      <SettingsChart axes={axes} trials={trials} objective={objective} chosen={chosen} onChosen={onChosen} />
      <div className={styles.grid}>
        <ImportancePanel study={study} model={model} objective={objective} />
        <SliceChart axes={axes} trials={trials} objective={objective} />
        {axes.length > 1 && <TrialSurface axes={axes} trials={trials} objective={objective} />}
      </div>
    </>
  )
}
