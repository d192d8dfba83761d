import { Group, Select, Text } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MetricId } from '../../../main/contract/experiment'
import {
  type DefinedMetric,
  type Definitions as DefinitionTable,
  definedMetrics,
  type ProfileId,
  profileIds,
  type Redefinition,
} from '../../../main/contract/profiles'
import type { RunRecord } from '../../../main/contract/records'
import { useFormat } from '../../locales/format'
import { metricKey } from '../../state/comparison'
import { type RankedRun, rankRuns, reorderedMetrics } from '../../state/definitions'
import { adjust, useRoute } from '../../state/router'
import { useComparison } from '../../state/use-comparison'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import { RunMark } from '../../widgets/run-mark'
import { Failure, Loading } from '../../widgets/states'

interface DefinitionsProps {
  /** Trained ones that were judged on the same data and candidates. */
  runs: readonly RunRecord[]
  metric: MetricId
  cutoff: number
}

const mostRuns = 500

/** The numbers of the runs under another library's definitions, and whether it would order them otherwise. */
export function Definitions({ runs, metric, cutoff }: DefinitionsProps) {
  const { t } = useTranslation()
  const { query } = useRoute()
  const profile = profileIds.find((id) => id === query.get('profile')) ?? 'topn'
  const runIds = runs.slice(0, mostRuns).map(({ id }) => id)
  const answer = useComparison('comparison.redefine', profile === 'topn' ? null : { runIds, profile })
  const redefinition = answer.value?.profile === profile ? answer.value : null
  const defined = definedMetrics.find((id) => id === metric) ?? 'ndcg'
  return (
    <Panel
      title={t('definitions.title')}
      note={t('definitions.note')}
      flush
      actions={
        <Select
          aria-label={t('definitions.profile')}
          w={180}
          allowDeselect={false}
          data={profileIds.map((value) => ({ value, label: t(`definitions.profiles.${value}`) }))}
          value={profile}
          onChange={(value) => value !== null && adjust('compare', { profile: value })}
        />
      }
    >
      {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
      {answer.state === 'loading' && !redefinition && <Loading />}
      {redefinition && (
        <>
          <Order redefinition={redefinition} runs={runs} metric={defined} cutoff={cutoff} />
          <Formulas redefinition={redefinition} />
        </>
      )}
      <Text size="xs" c="dimmed" px="md" py="sm">
        {t(`definitions.remarks.${profile}`)}
      </Text>
    </Panel>
  )
}

interface OrderProps {
  redefinition: Redefinition
  runs: readonly RunRecord[]
  metric: DefinedMetric
  cutoff: number
}

function Order({ redefinition, runs, metric, cutoff }: OrderProps) {
  const { t } = useTranslation()
  const profile = t(`definitions.profiles.${redefinition.profile}`)
  const reordered = useMemo(() => reorderedMetrics(redefinition, cutoff), [redefinition, cutoff])
  const columns = useColumns(redefinition.profile, runs, metric, cutoff)
  const names = reordered.map((id) => metricKey(t(`metrics.${id}.name`), cutoff)).join(', ')
  return (
    <>
      <Group gap="xs" px="md" py="sm" role="status">
        <Text size="sm" fw={600}>
          {reordered.length === 0
            ? t('definitions.same', { profile, count: redefinition.runs.length, k: cutoff })
            : t('definitions.changes', { profile, metrics: names })}
        </Text>
      </Group>
      {redefinition.definitions[metric] === null ? (
        <Text size="sm" c="dimmed" px="md" pb="sm">
          {t('definitions.missing', { profile, metric: t(`metrics.${metric}.name`) })}
        </Text>
      ) : (
        <DataTable
          label={t('definitions.ranks')}
          columns={columns}
          rows={rankRuns(redefinition, metric, cutoff)}
          keyOf={({ runId }) => runId}
          maximumHeight={320}
        />
      )}
    </>
  )
}

function useColumns(profileId: ProfileId, runs: readonly RunRecord[], metric: DefinedMetric, cutoff: number) {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo((): Column<RankedRun>[] => {
    const profile = t(`definitions.profiles.${profileId}`)
    const name = metricKey(t(`metrics.${metric}.name`), cutoff)
    const names = new Map(runs.map((run) => [run.id, run.name]))
    const number = (value: number | null) => (value === null ? '–' : format.decimal(value))
    const rank = (value: number | null) => (value === null ? '–' : format.count(value))
    return [
      {
        key: 'run',
        heading: t('compare.run'),
        cell: ({ runId }) => <RunMark id={runId} name={names.get(runId) ?? runId} />,
      },
      { key: 'usual', heading: `${name}, TopN`, align: 'right', cell: ({ usual }) => number(usual) },
      { key: 'redefined', heading: `${name}, ${profile}`, align: 'right', cell: ({ redefined }) => number(redefined) },
      {
        key: 'usualRank',
        heading: t('definitions.rank', { profile: 'TopN' }),
        align: 'right',
        cell: ({ usualRank }) => rank(usualRank),
      },
      { key: 'rank', heading: t('definitions.rank', { profile }), align: 'right', cell: (row) => rank(row.rank) },
      {
        key: 'change',
        heading: t('definitions.change'),
        align: 'right',
        cell: ({ usualRank, rank: now }) =>
          usualRank === null || now === null || usualRank === now ? '–' : format.signed(usualRank - now),
      },
    ]
  }, [profileId, runs, metric, cutoff, t, format])
}

/** What each metric is under the profile; where TopN's own is another, it stands beside it. */
function Formulas({ redefinition: { profile, definitions, usual } }: { redefinition: Redefinition }) {
  const { t } = useTranslation()
  const formula = (table: DefinitionTable, metric: DefinedMetric) => {
    const id = table[metric]
    return id === null ? '–' : t(`definitions.formulas.${id}`)
  }
  const columns: Column<DefinedMetric>[] = [
    { key: 'metric', heading: t('compare.metric'), cell: (metric) => t(`metrics.${metric}.name`) },
    {
      key: 'formula',
      heading: t('definitions.formula', { profile: t(`definitions.profiles.${profile}`) }),
      cell: (metric) => formula(definitions, metric),
    },
    {
      key: 'usual',
      heading: t('definitions.formula', { profile: 'TopN' }),
      cell: (metric) => (definitions[metric] === usual[metric] ? t('definitions.sameFormula') : formula(usual, metric)),
    },
  ]
  return (
    <DataTable
      label={t('definitions.formulaTable')}
      columns={columns}
      rows={definedMetrics}
      keyOf={(metric) => metric}
    />
  )
}
