import { Anchor, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import type { Audience, FoundItem, ItemPage as Page } from '../../../main/contract/sandbox'
import { Histogram } from '../../charts/histogram'
import { useFormat } from '../../locales/format'
import { useAnswer } from '../../state/engine'
import { adjust, formatRoute, useQueryValue } from '../../state/router'
import { openItem, roomBefore } from '../../state/users-rooms'
import { type Column, DataTable } from '../../widgets/data-table'
import { Fields } from '../../widgets/fields'
import { useLostFocus } from '../../widgets/lost-focus'
import { Panel } from '../../widgets/panel'
import { Failure, Loading } from '../../widgets/states'
import { ItemLink } from './item-name'
import { ItemSearch } from './item-search'
import styles from './users-screen.module.css'

/** Finds an item, and shows it by itself. */
export function ItemRoom({ runs, item }: { runs: RunRecord[]; item: string | null }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <Panel title={t('itemPage.find')}>
        <ItemSearch
          key={item}
          runId={runs[0].id}
          label={t('itemPage.search')}
          actionOf={(name) => t('map.point.open', { name })}
          onChoose={(found) => openItem(found.item)}
          isOpen={item === null}
          height={item === null ? 480 : 200}
        />
      </Panel>
      {item !== null && <ItemPage key={item} runs={runs} item={item} />}
    </Stack>
  )
}

/** An item by itself: what is known of it, what is like it in each run, and who gets it. */
function ItemPage({ runs, item }: { runs: RunRecord[]; item: string }) {
  const answer = useAnswer('items.page', { runId: runs[0].id, item })
  if (answer.state === 'failed') return <Failure error={answer.error} onRetry={answer.retry} />
  const page = answer.value
  if (!page) return <Loading />
  return (
    <Stack gap="md">
      <Heading name={page.title ?? page.item} />
      <Known page={page} />
      <div className={styles.pair}>
        {runs.map((run) => (
          <Similar key={run.id} run={run} item={item} />
        ))}
      </div>
      <div className={styles.pair}>
        {runs.map((run) => (
          <WhoGets key={run.id} run={run} item={item} />
        ))}
      </div>
    </Stack>
  )
}

function Heading({ name }: { name: string }) {
  const { t } = useTranslation()
  const heading = useLostFocus<HTMLHeadingElement>()
  const from = roomBefore(useQueryValue('from'))
  return (
    <>
      <Anchor component="button" type="button" size="sm" ta="left" onClick={() => adjust('users', { room: from })}>
        {t(`itemPage.back.${from}`)}
      </Anchor>
      <Title order={2} ref={heading} tabIndex={-1}>
        <bdi>{name}</bdi>
      </Title>
    </>
  )
}

function Known({ page }: { page: Page }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={styles.pair}>
      <Panel title={t('itemPage.features')}>
        <Fields
          fields={[
            ...page.attributes.map(({ name, value }): [string, string] => [name, value]),
            [t('itemPage.popularity'), format.count(page.popularity)],
          ]}
        />
      </Panel>
      {page.overTime.length > 0 && (
        <Histogram
          title={t('itemPage.overTime')}
          axis={t('itemPage.period')}
          shape="steps"
          bars={page.overTime.map(({ from }, at) => ({
            label: format.date(from),
            tick: at % 6 === 0 ? format.date(from) : '',
          }))}
          series={[{ name: t('users.interactions'), counts: page.overTime.map(({ count }) => count) }]}
        />
      )}
    </div>
  )
}

function Similar({ run, item }: { run: RunRecord; item: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const answer = useAnswer('items.similar', { runId: run.id, item, limit: 10 })
  const columns: Column<FoundItem & { score: number }>[] = [
    {
      key: 'item',
      heading: t('users.item'),
      grow: true,
      cell: (other) => <ItemLink item={other.item} title={other.title} />,
    },
    { key: 'score', heading: t('users.score'), align: 'right', cell: ({ score }) => format.score(score) },
  ]
  const name = t('itemPage.similar', { name: run.name })
  const how = answer.value && (answer.value.by === 'vectors' ? t('itemPage.byVectors') : t('itemPage.byHistory'))
  return (
    <Panel title={name} note={how} flush>
      {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
      {answer.state === 'loading' && !answer.value && <Loading />}
      {answer.state === 'ready' && !answer.value && (
        <Text size="sm" p="sm">
          {t('itemPage.noSimilar')}
        </Text>
      )}
      {answer.value && (
        <DataTable label={name} columns={columns} rows={answer.value.items} keyOf={(other) => other.item} />
      )}
    </Panel>
  )
}

function WhoGets({ run, item }: { run: RunRecord; item: string }) {
  const { t } = useTranslation()
  const answer = useAnswer('items.audience', { runId: run.id, item, limit: 100 })
  const columns: Column<Audience['users'][number]>[] = [
    {
      key: 'user',
      heading: t('users.user'),
      grow: true,
      cell: ({ user }) => (
        <Anchor size="sm" c="inherit" href={formatRoute('users', { user })}>
          <bdi>{user}</bdi>
        </Anchor>
      ),
    },
    { key: 'rank', heading: t('users.rank'), align: 'right', cell: ({ rank }) => rank },
  ]
  const name = t('itemPage.audience', { name: run.name })
  return (
    <Panel title={name} note={answer.value && <AudienceNote audience={answer.value} />} flush>
      {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
      {answer.value && (
        <DataTable
          label={name}
          columns={columns}
          rows={answer.value.users}
          keyOf={({ user }) => user}
          maximumHeight={320}
          empty={t('itemPage.nobody')}
        />
      )}
    </Panel>
  )
}

function AudienceNote({ audience: { times, lists, ranks } }: { audience: Audience }) {
  const { t } = useTranslation()
  const note = t('itemPage.audienceNote', { times, lists })
  const rank = medianRank(ranks)
  return rank === null ? note : `${note} · ${t('itemPage.meanRank', { rank })}`
}

/** The first rank at which half of the lists that have the item have it; null where none has. */
function medianRank(ranks: readonly number[]): number | null {
  const times = ranks.reduce((sum, count) => sum + count, 0)
  let seen = 0
  for (const [at, count] of ranks.entries()) {
    seen += count
    if (times > 0 && seen * 2 >= times) return at + 1
  }
  return null
}
