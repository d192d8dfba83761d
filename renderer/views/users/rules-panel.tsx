import { Anchor, Button, Checkbox, Input, NumberInput, Select, Slider, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PlainError } from '../../../main/contract/errors'
import type { RunRecord } from '../../../main/contract/records'
import type { ListRules } from '../../../main/contract/sandbox'
import { useFormat } from '../../locales/format'
import { useSay } from '../../locales/say'
import { useAnswer } from '../../state/engine'
import { useWorkbench } from '../../state/workbench'
import { Panel } from '../../widgets/panel'
import styles from './users-screen.module.css'

export const noRules: ListRules = {
  excludeSeen: true,
  only: null,
  mostOfCategory: null,
  leastPopularity: 0,
  diversity: 0,
  calibration: 0,
}

interface RulesPanelProps {
  /** Those that the cost is measured of. */
  runs: RunRecord[]
  rules: ListRules
  onChange(rules: ListRules): void
}

/** After so many milliseconds without a change the cost is measured. */
const delay = 150

/** Business rules and order of lists, with what they cost. */
export function RulesPanel({ runs, rules, onChange }: RulesPanelProps) {
  const { t } = useTranslation()
  const isPlain = JSON.stringify(rules) === JSON.stringify(noRules)
  const fields = { rules, change: (changed: Partial<ListRules>) => onChange({ ...rules, ...changed }) }
  return (
    <Panel
      title={t('rules.title')}
      actions={
        <Button size="compact-xs" variant="default" disabled={isPlain} onClick={() => onChange(noRules)}>
          {t('rules.reset')}
        </Button>
      }
    >
      <div className={styles.rules}>
        <GeneralRules {...fields} />
        <CategoryRules {...fields} run={runs[0]} />
      </div>
      <Text size="xs" c="dimmed" component="div" className={styles.below}>
        {isPlain ? t('rules.note') : <Costs runs={runs} rules={rules} />}
      </Text>
    </Panel>
  )
}

interface FieldsProps {
  rules: ListRules
  change(changed: Partial<ListRules>): void
}

const numberOf = (value: string | number) => (typeof value === 'number' ? value : null)

function GeneralRules({ rules, change }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Checkbox
        label={t('rules.excludeSeen')}
        checked={rules.excludeSeen}
        onChange={(event) => change({ excludeSeen: event.currentTarget.checked })}
      />
      <NumberInput
        label={t('rules.leastPopularity')}
        min={0}
        value={rules.leastPopularity}
        onChange={(value) => change({ leastPopularity: numberOf(value) ?? 0 })}
      />
    </>
  )
}

/** Rules by the categories of items, where they have any. */
function CategoryRules({ run, rules, change }: FieldsProps & { run: RunRecord }) {
  const { t } = useTranslation()
  const categories = useCategories(run)
  if (categories === null) return null
  return (
    <>
      <Select
        label={t('rules.only')}
        placeholder={t('rules.any')}
        clearable
        searchable
        data={categories}
        value={rules.only}
        onChange={(only) => change({ only })}
      />
      <NumberInput
        label={t('rules.mostOfCategory')}
        min={1}
        value={rules.mostOfCategory ?? ''}
        onChange={(value) => change({ mostOfCategory: numberOf(value) })}
      />
      <Share
        label={t('rules.diversity')}
        help={t('rules.diversityHelp')}
        value={rules.diversity}
        onChange={(diversity) => change({ diversity })}
      />
      <Share
        label={t('rules.calibration')}
        help={t('rules.calibrationHelp')}
        value={rules.calibration}
        onChange={(calibration) => change({ calibration })}
      />
    </>
  )
}

/** The categories of a run's items; null where there are none. Until they are there, none of those that the dataset has. */
function useCategories({ id, datasetId }: RunRecord): string[] | null {
  const answer = useAnswer('sandbox.categories', { runId: id })
  const isExpected = useWorkbench(({ datasets }) =>
    datasets.get(datasetId)?.itemAttributes.some(({ type }) => type === 'category' || type === 'multi-valued'),
  )
  if (answer.value) return answer.value.length > 0 ? answer.value : null
  return isExpected && answer.state !== 'failed' ? [] : null
}

interface ShareProps {
  label: string
  help: string
  value: number
  onChange(value: number): void
}

function Share({ label, help, value, onChange }: ShareProps) {
  const format = useFormat()
  return (
    <Input.Wrapper label={label} title={help}>
      <Slider
        thumbLabel={label}
        label={(shown) => format.percent(shown)}
        min={0}
        max={1}
        step={0.05}
        value={value}
        onChange={onChange}
      />
    </Input.Wrapper>
  )
}

/** What the rules cost each run, and of how many users that is measured. */
function Costs({ runs, rules }: { runs: RunRecord[]; rules: ListRules }) {
  const { t } = useTranslation()
  return (
    <span className={styles.costs}>
      {runs.map((run) => (
        <Cost key={run.id} run={run} rules={rules} />
      ))}
      <span>{t('rules.sample')}</span>
    </span>
  )
}

/** NDCG without and with the rules, over a sample of users; the last one until the next is measured. */
function Cost({ run, rules }: { run: RunRecord; rules: ListRules }) {
  const { t } = useTranslation()
  const format = useFormat()
  const answer = useAnswer('sandbox.ruleCost', { runId: run.id, rules }, delay)
  const { name } = run
  if (answer.state === 'failed') return <NotMeasured name={name} error={answer.error} onRetry={answer.retry} />
  if (!answer.value) return <span>{t('rules.measuring', { name })}</span>
  const { k, before, after, users } = answer.value
  const figures = { before: format.decimal(before), after: format.decimal(after) }
  const isStale = answer.state !== 'ready'
  return (
    <span aria-busy={isStale} style={{ opacity: isStale ? 0.6 : 1 }}>
      {t('rules.cost', { name, k, ...figures, count: users })}
    </span>
  )
}

function NotMeasured({ name, error, onRetry }: { name: string; error: PlainError; onRetry(): void }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <span role="alert">
      {t('rules.notMeasured', { name, reason: say(error.message) })}{' '}
      <Anchor component="button" type="button" size="xs" onClick={onRetry}>
        {t('app.retry')}
      </Anchor>
    </span>
  )
}
