import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { fewestForImportance, type Importance, type StudyRecord } from '../../../main/contract/tuning'
import { useAnswer } from '../../state/engine'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import { ShareBar } from '../../widgets/share-bar'
import { Failure, Loading } from '../../widgets/states'
import { useObjectiveName } from './objective-name'
import styles from './study-views.module.css'

interface ImportancePanelProps {
  study: StudyRecord
  model: string
  objective: string
}

/** Wait until so long after the last change, since trials follow one another. */
const delay = 600
const mostPairs = 3

/** How much each parameter of a model bears on the objective. */
export function ImportancePanel({ study, model, objective }: ImportancePanelProps) {
  const { t } = useTranslation()
  const measured = useObjectiveName()
  const judged = Object.values(study.trials).reduce((sum, each) => sum + each, 0) - study.trials.running
  const answer = useAnswer('studies.importance', { studyId: study.id, model, objective }, delay, judged)
  const importance = answer.value
  const isKnown = importance !== null && importance.parameters.length > 0
  return (
    <Panel
      title={t('tune.study.importance')}
      note={isKnown && t('tune.study.importanceNote', { objective: measured(objective), trials: importance.trials })}
      flush={isKnown}
    >
      {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
      {answer.state === 'loading' && !importance && <Loading />}
      {importance && !isKnown && (
        <Text size="sm" c="dimmed">
          {t('tune.study.importanceFew', { fewest: fewestForImportance })}
        </Text>
      )}
      {isKnown && <Shares importance={importance} />}
    </Panel>
  )
}

interface Line {
  name: string
  share: number
}

function Shares({ importance }: { importance: Importance }) {
  const { t } = useTranslation()
  const lines: Line[] = [
    ...importance.parameters,
    ...importance.pairs.slice(0, mostPairs).map(({ names, share }) => ({ name: names.join(' × '), share })),
  ]
  const columns: Column<Line>[] = [
    {
      key: 'name',
      heading: t('tune.space.parameter'),
      cell: ({ name }) => <span className={`data ${styles.name}`}>{name}</span>,
    },
    { key: 'share', heading: t('tune.study.share'), grow: true, cell: ({ share }) => <ShareBar share={share} /> },
  ]
  return <DataTable label={t('tune.study.importance')} columns={columns} rows={lines} keyOf={({ name }) => name} />
}
