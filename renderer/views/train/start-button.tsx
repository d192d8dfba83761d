import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../locales/format'
import { useAction, useEngine } from '../../state/engine'
import { experimentProblems, type FormProblem, numberOfRuns, startRequest } from '../../state/experiment'
import { stepIds } from '../../state/recipe-steps'
import { ruleNumbers } from '../../state/split-draft'
import type { PreviewAnswer } from '../../state/split-preview'
import { useWorkbench } from '../../state/workbench'
import type { FormProps } from './form'
import { problemText } from './problem-text'

/** Starts a run of each chosen model, or says what is still wrong with the form. */
export function StartButton({ dataset, draft, preview }: FormProps & { preview: PreviewAnswer }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const models = useWorkbench((state) => state.models)
  const [problem] = experimentProblems(draft, dataset, models)
  const isBlocked = preview.value?.warnings.some(({ level }) => level === 'block') ?? false
  const count = draft.models.length
  const isRepeated = draft.repeat !== 'none' && !problem
  const text = isRepeated ? t('train.startRepeated', { runs: numberOfRuns(draft) }) : t('train.start', { count })
  const start = useAction(async () => {
    await engine.call('runs.start', startRequest(draft, dataset, models))
  })
  return (
    <>
      {problem && <Problem problem={problem} />}
      {!problem && isBlocked && (
        <Text size="sm" c="dimmed" role="status">
          {t('split.blocked')}
        </Text>
      )}
      <Button disabled={problem !== undefined || isBlocked} loading={start.busy} onClick={() => start.run()}>
        {count === 0 ? t('train.startNone') : text}
      </Button>
    </>
  )
}

function Problem({ problem }: { problem: FormProblem }) {
  const { t } = useTranslation()
  const format = useFormat()
  const labels: Partial<Record<string, string>> = {
    ...Object.fromEntries(stepIds.map((id) => [id, t(`recipe.steps.${id}.name`)])),
    ...Object.fromEntries(ruleNumbers.map((name) => [name, t(`split.fields.${name}`)])),
    sampled: t('train.evaluation.sampled'),
    seed: t('train.evaluation.seed'),
    repeats: t('train.evaluation.repeats'),
  }
  const field = problem.model ? `${problem.model} · ${problem.field}` : (labels[problem.field] ?? problem.field)
  return (
    <Text size="sm" c="dimmed" role="status">
      {problemText(problem, field, t, format)}
    </Text>
  )
}
