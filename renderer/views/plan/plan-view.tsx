import { Button, Group, Stack, Text } from '@mantine/core'
import type { TOptions } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Plan } from '../../../main/contract/plan'
import type { DatasetRecord } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { useSay } from '../../locales/say'
import { describeCandidates, describeCleaning, describeSplit } from '../../state/describe-settings'
import { changeExperiment } from '../../state/draft'
import { useAction, useAnswer, useEngine } from '../../state/engine'
import { draftOf, settingsOfPlan } from '../../state/fill'
import { type PlanStep, planSteps, stepOfReason, writtenReason } from '../../state/plan'
import { navigate } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { Facts } from '../../widgets/facts'
import { Failure, Loading } from '../../widgets/states'
import styles from './plan-view.module.css'

interface PlanViewProps {
  dataset: DatasetRecord
  onDone(): void
}

/** A plan for a dataset: what is done, why, and what it costs; started or edited with one click. */
export function PlanView({ dataset, onDone }: PlanViewProps) {
  const answer = useAnswer('plans.propose', { datasetId: dataset.id })
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  if (!answer.value) return <Loading />
  return (
    <Stack gap="md">
      <Costs plan={answer.value} />
      <Steps plan={answer.value} />
      <Actions plan={answer.value} dataset={dataset} onDone={onDone} />
    </Stack>
  )
}

function Costs({ plan }: { plan: Plan }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (plan.models.length === 0) return <Text size="sm">{t('plan.none')}</Text>
  return (
    <Facts
      facts={[
        [t('plan.models'), format.count(plan.models.length)],
        [t('plan.time'), format.duration(plan.seconds)],
        [t('plan.memory'), format.bytes(plan.bytes)],
      ]}
    />
  )
}

function Steps({ plan }: { plan: Plan }) {
  const { t } = useTranslation()
  const format = useFormat()
  const models = useWorkbench((state) => state.models)
  const say = useSay()
  const nameOf = (id: string) => say(models.find((model) => model.id === id)?.name ?? id)
  const choices: Record<PlanStep, string> = {
    clean: describeCleaning(plan.clean, t, format),
    split: describeSplit(plan.split, t, format),
    evaluate: `${describeCandidates(plan.evaluation.candidates, t)} · ${t('compare.k')} = ${plan.evaluation.cutoffs.join(', ')}`,
    train: plan.models.map(({ model }) => nameOf(model)).join(', ') || '–',
  }
  return (
    <dl className={styles.steps}>
      {planSteps.map((step) => (
        <div key={step} className={styles.step}>
          <dt>{t(`plan.${step}`)}</dt>
          <dd>
            <div className={`${styles.choice} data`}>{choices[step]}</div>
            {plan.reasons
              .filter(({ code }) => stepOfReason[code] === step)
              .map((reason, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the reasons of a plan never change
                <p key={index} className={styles.reason}>
                  {t(
                    `plan.reasons.${reason.code}` as 'plan.reasons.split-predefined',
                    writtenReason(reason, format, nameOf) as TOptions,
                  )}
                </p>
              ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Actions({ plan, dataset, onDone }: PlanViewProps & { plan: Plan }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const { clean, split, evaluation, models } = plan
  const start = useAction(async () => {
    await engine.call('runs.start', { datasetId: dataset.id, clean, split, evaluation, models })
    fillAndGo()
  })
  function fillAndGo() {
    changeExperiment(dataset, draftOf(settingsOfPlan(plan), dataset))
    useWorkbench.setState({ datasetInForce: dataset.id })
    onDone()
    navigate('train')
  }
  return (
    <Group justify="flex-end" gap="sm">
      <Button variant="default" onClick={fillAndGo}>
        {t('plan.edit')}
      </Button>
      <Button disabled={models.length === 0} loading={start.busy} onClick={() => start.run()} data-autofocus>
        {t('plan.start', { count: models.length })}
      </Button>
    </Group>
  )
}
