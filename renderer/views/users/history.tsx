import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HistoryItem, RunRecord } from '../../../main/contract/records'
import { Histogram } from '../../charts/histogram'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import { periodsOf } from '../../state/periods'
import { useWorkbench } from '../../state/workbench'
import { type Column, DataTable } from '../../widgets/data-table'
import { Panel } from '../../widgets/panel'
import { ShareBar } from '../../widgets/share-bar'
import { Failure, Loading } from '../../widgets/states'
import { ItemLink } from './item-name'
import styles from './users-screen.module.css'

/** What a user did, over time, as a run's data has it: after cleaning, with the part each interaction fell into. */
export function History({ run, user }: { run: RunRecord; user: string }) {
  const { t } = useTranslation()
  const answer = useAnswer('users.history', { runId: run.id, user })
  const count = answer.value?.length
  return (
    <>
      {answer.state !== 'failed' && <OverTime run={run} history={answer.value} />}
      <Panel
        title={`${t('users.history')} · ${user}`}
        note={count === undefined ? '\u00a0' : t('users.historyCount', { count })}
        flush
      >
        {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
        {answer.state !== 'failed' && !answer.value && <Loading />}
        {answer.value && <Taste history={answer.value} />}
        {answer.value && <HistoryTable history={answer.value} />}
      </Panel>
    </>
  )
}

const periods = 24
const day = 86_400
/** Of the chart over time, in pixels. */
const overTimeHeight = 130

/** Null stands for a history that is not there yet. */
function OverTime({ run, history }: { run: RunRecord; history: HistoryItem[] | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const times = (history ?? []).map(({ timestamp }) => timestamp)
  const shown = periodsOf(times, periods)
  if (shown.length === 0) return <OverTimePlace run={run} text={history && t('lists.noTimes')} />
  const isShort = shown[shown.length - 1].from - shown[0].from < 3 * day
  return (
    <Histogram
      title={t('lists.overTime')}
      axis={t('itemPage.period')}
      shape="steps"
      height={overTimeHeight}
      bars={shown.map(({ from }, at) => ({
        label: isShort ? format.period(from, 'hour') : format.date(from),
        tick: at % (isShort ? periods : 10) === 0 ? format.date(from) : '',
      }))}
      series={[{ name: t('users.interactions'), counts: shown.map((period) => period.count) }]}
    />
  )
}

/** The place of what is shown over time, where the data has times; of one user it may have none. */
function OverTimePlace({ run, text }: { run: RunRecord; text: string | null }) {
  const { t } = useTranslation()
  const isTimed = useWorkbench(({ datasets }) => datasets.get(run.datasetId)?.profile.firstTimestamp != null)
  if (!isTimed) return null
  return (
    <Panel title={t('lists.overTime')} fill>
      <Text size="sm" c="dimmed" mih={overTimeHeight}>
        {text}
      </Text>
    </Panel>
  )
}

/** Categories that are shown of a taste. */
const mostCategories = 5

/** The mix of categories of what models know: an item counts once, spread evenly over its own. */
function Taste({ history }: { history: HistoryItem[] }) {
  const { t } = useTranslation()
  const known = history.filter(({ part, categories }) => part !== 'test' && categories.length > 0)
  if (known.length === 0) return null
  const shares = new Map<string, number>()
  for (const { categories } of known) {
    for (const category of categories) {
      shares.set(category, (shares.get(category) ?? 0) + 1 / categories.length / known.length)
    }
  }
  const strongest = [...shares].sort((a, b) => b[1] - a[1]).slice(0, mostCategories)
  return (
    <dl className={styles.taste} aria-label={t('lists.taste')}>
      {strongest.map(([category, share]) => (
        <div key={category}>
          <dt>
            <bdi>{category}</bdi>
          </dt>
          <dd>
            <ShareBar share={share} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function HistoryTable({ history }: { history: HistoryItem[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns: Column<HistoryItem>[] = [
    {
      key: 'item',
      heading: t('users.item'),
      grow: true,
      cell: ({ item, title, categories }) => (
        <>
          <ItemLink item={item} title={title} />
          <Text size="xs" c="dimmed" truncate title={categories.join(', ')}>
            {categories.join(', ')}
          </Text>
        </>
      ),
    },
    {
      key: 'value',
      heading: t('users.value'),
      align: 'right',
      cell: ({ value }) => format.value(value),
    },
    {
      key: 'date',
      heading: t('users.date'),
      align: 'right',
      cell: ({ timestamp }) => (timestamp === null ? '–' : format.date(timestamp)),
    },
    {
      key: 'part',
      heading: t('users.part'),
      cell: ({ part }) => (
        <Text span size="xs" c={part === 'train' || part === 'fold-in' ? 'dimmed' : 'var(--topn-warn)'}>
          {t(`users.parts.${part}`)}
        </Text>
      ),
    },
  ]
  return (
    <DataTable
      label={t('users.history')}
      columns={columns}
      rows={history}
      keyOf={(_, index) => String(index)}
      maximumHeight={420}
    />
  )
}
