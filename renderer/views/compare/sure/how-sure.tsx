import { Select, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type PairedTest, pairedTests, type Significance } from '../../../../main/contract/comparison'
import type { RunRecord } from '../../../../main/contract/records'
import { ForestPlot } from '../../../charts/forest-plot'
import { useFormat } from '../../../locales/format'
import { isLessBetter, metricKey } from '../../../state/comparison'
import { adjust, useRoute } from '../../../state/router'
import { areComparable, comparedRuns, pairSentence, pText, type Verdict, verdictOf } from '../../../state/significance'
import { useComparison } from '../../../state/use-comparison'
import { type Column, DataTable } from '../../../widgets/data-table'
import { Panel } from '../../../widgets/panel'
import { RunMark, useRunStyle } from '../../../widgets/run-mark'
import { Empty } from '../../../widgets/states'
import { bestOf, type CompareChartProps } from '../charts/chart-props'
import { SureFormulas } from './formulas'
import styles from './how-sure.module.css'
import { TestChoice } from './test-choice'
import { Waiting } from './waiting'

/** How sure it is that runs differ from one of them: intervals, tests and effect sizes over the same users. */
export function HowSure({ runs, column }: CompareChartProps) {
  const { t } = useTranslation()
  const { query } = useRoute()
  const { key, metric, cutoff } = column
  const known = runs.filter(({ metrics }) => Number.isFinite(metrics[key]))
  const [best] = bestOf(known, column, 1)
  const reference = known.find(({ id }) => id === query.get('reference')) ?? best
  const judged = known.filter((run) => areComparable(run, reference))
  const test = pairedTests.find((each) => each === query.get('test')) ?? 't'
  const isEnough = reference !== undefined && judged.length > 1
  const answer = useComparison(
    'comparison.significance',
    isEnough
      ? {
          runIds: comparedRuns(judged, reference.id, key, isLessBetter(metric)),
          reference: reference.id,
          metric: key,
          test,
        }
      : null,
  )
  if (!isEnough) return <Empty title={t('compareCharts.twoTitle')} text={t('compareCharts.twoText')} />
  const found = answer.value?.reference === reference.id && answer.value.metric === key ? answer.value : null
  return (
    <Panel
      title={t('significance.title')}
      note={found && <SureNote found={found} reference={reference.name} of={judged.length} />}
      actions={<Choices runs={known} reference={reference.id} test={test} />}
    >
      {found && (
        <Found
          found={found}
          runs={judged}
          name={metricKey(t(`metrics.${metric}.name`), cutoff)}
          reference={reference.name}
        />
      )}
      <Waiting answer={answer} />
    </Panel>
  )
}

function SureNote({ found, reference, of }: { found: Significance; reference: string; of: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = found.runs.length
  return (
    <>
      {t('significance.note', {
        reference,
        users: format.count(found.users),
        level: format.percent(found.level),
        resamples: format.count(found.resamples),
      })}
      {shown < of && ` ${t('significance.noteOfBest', { count: shown - 1, all: of })}`}
    </>
  )
}

function Choices({ runs, reference, test }: { runs: RunRecord[]; reference: string; test: PairedTest }) {
  const { t } = useTranslation()
  return (
    <div className={styles.choices}>
      <Select
        aria-label={t('significance.reference')}
        w={180}
        searchable
        data={runs.map(({ id, name }) => ({ value: id, label: name }))}
        value={reference}
        onChange={(value) => value !== null && adjust('compare', { reference: value })}
      />
      <TestChoice test={test} />
    </div>
  )
}

/** More rows than this scroll. */
const mostRows = 8

interface FoundProps {
  found: Significance
  runs: RunRecord[]
  /** The metric's, with its cutoff. */
  name: string
  reference: string
}

function Found({ found, runs, name, reference }: FoundProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const styleOf = useRunStyle()
  const nameOf = (runId: string) => runs.find(({ id }) => id === runId)?.name ?? runId
  return (
    <>
      <div className={styles.found}>
        <ForestPlot
          title={t('significance.plot', { metric: name, reference })}
          note={t('significance.plotNote')}
          kind={t('compare.run')}
          measured={t('significance.difference', { metric: name })}
          level={format.percent(found.level)}
          estimates={found.pairs.map((pair) => ({
            key: pair.runId,
            name: nameOf(pair.runId),
            color: styleOf(pair.runId).color,
            value: pair.difference,
            ...pair.interval,
            found: verdictOf(pair, found.direction, found.level) !== 'unsure',
          }))}
        />
        <DataTable
          label={t('significance.words')}
          columns={useColumns(found, name, nameOf)}
          rows={found.pairs}
          keyOf={({ runId }) => runId}
          {...(found.pairs.length > mostRows && { maximumHeight: 420 })}
        />
      </div>
      <SureFormulas test={found.test} />
    </>
  )
}

type Pair = Significance['pairs'][number]

function useColumns(found: Significance, metric: string, nameOf: (runId: string) => string): Column<Pair>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const { users, level, direction } = found
  return [
    {
      key: 'run',
      heading: t('compare.run'),
      cell: ({ runId }) => <RunMark id={runId} name={nameOf(runId)} />,
    },
    {
      key: 'verdict',
      heading: t('significance.found'),
      cell: (pair) => <VerdictText verdict={verdictOf(pair, direction, level)} />,
    },
    {
      key: 'sentence',
      heading: t('significance.words'),
      grow: true,
      cell: (pair) => (
        <span className={styles.sentence}>{pairSentence(pair, { users, level, metric }, t, format)}</span>
      ),
    },
    { key: 'p', heading: t('significance.p'), align: 'right', cell: ({ p }) => pText(p, format) },
    {
      key: 'corrected',
      heading: t('significance.corrected'),
      align: 'right',
      cell: ({ corrected }) => pText(corrected, format),
    },
    {
      key: 'effect',
      heading: t('significance.effect'),
      align: 'right',
      cell: ({ effect }) => (effect === null ? '–' : format.decimal(effect, 2)),
    },
  ]
}

const verdictInks = { better: 'var(--topn-good)', worse: 'var(--topn-warn)', unsure: 'var(--topn-dim)' } as const

function VerdictText({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation()
  return (
    <Text span size="sm" c={verdictInks[verdict]} className={styles.verdict}>
      {t(`significance.verdict.${verdict}`)}
    </Text>
  )
}
