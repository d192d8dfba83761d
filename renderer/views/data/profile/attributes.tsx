import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttributeSummary } from '../../../../main/contract/exploration'
import type { Filter } from '../../../../main/contract/filters'
import type { DatasetRecord } from '../../../../main/contract/records'
import { Histogram } from '../../../charts/histogram'
import { useFormat } from '../../../locales/format'
import { type Column, DataTable } from '../../../widgets/data-table'
import { Panel } from '../../../widgets/panel'
import { valueBars } from './bars'
import styles from './profile.module.css'
import { binBrush, countsOf, seriesOf, type View, valueBrush } from './view'

/** What is known of users and items, and how the values of one attribute are spread. */
export function Attributes({ view }: { view: View }) {
  const { t } = useTranslation()
  const { whole, part } = view
  const [chosen, setChosen] = useState<string | null>(null)
  const all = whole.attributes ?? []
  const shown = all.find((attribute) => keyOf(attribute) === chosen) ?? all.find(isDrawn)
  const columns = useColumns(setChosen)
  if (all.length === 0) return null
  const partOf = (attribute: AttributeSummary) => part.attributes?.find((other) => keyOf(other) === keyOf(attribute))
  return (
    <>
      <div className={styles.wide}>
        <Panel title={t('profile.attributes.title')} note={t('profile.attributes.note')} flush>
          <DataTable
            label={t('profile.attributes.title')}
            columns={columns}
            rows={all.map((attribute) => partOf(attribute) ?? attribute)}
            keyOf={keyOf}
            isCurrent={(attribute) => shown !== undefined && keyOf(attribute) === keyOf(shown)}
            maximumHeight={240}
          />
        </Panel>
      </div>
      {shown && isDrawn(shown) && <AttributeChart view={view} whole={shown} part={partOf(shown) ?? shown} />}
    </>
  )
}

function keyOf({ of, name }: AttributeSummary): string {
  return `${of} ${name}`
}

function isDrawn({ values, bins }: AttributeSummary): boolean {
  return values.length > 0 || (bins !== null && bins.length > 0)
}

function useColumns(choose: (key: string) => void): Column<AttributeSummary>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return [
    {
      key: 'name',
      heading: t('profile.attributes.name'),
      cell: (attribute) =>
        isDrawn(attribute) ? (
          <UnstyledButton className={`${styles.name} clipped`} fz="sm" onClick={() => choose(keyOf(attribute))}>
            {attribute.name}
          </UnstyledButton>
        ) : (
          <span className={`${styles.name} clipped`}>{attribute.name}</span>
        ),
    },
    { key: 'of', heading: t('profile.attributes.of'), cell: ({ of }) => t(`data.${of}`) },
    {
      key: 'missing',
      heading: t('profile.attributes.missing'),
      align: 'right',
      cell: ({ missing }) => format.count(missing),
    },
    {
      key: 'distinct',
      heading: t('data.profile.distinct'),
      align: 'right',
      cell: ({ distinct }) => format.count(distinct),
    },
    {
      key: 'values',
      heading: t('profile.attributes.frequent'),
      grow: true,
      cell: ({ values }) => (
        <span className="data">
          {values
            .slice(0, 4)
            .map(({ value, count }) => `${value} (${format.count(count)})`)
            .join(', ')}
        </span>
      ),
    },
  ]
}

function isDate({ userAttributes, itemAttributes }: DatasetRecord, { of, name }: AttributeSummary): boolean {
  const attributes = of === 'users' ? userAttributes : itemAttributes
  return attributes.find((attribute) => attribute.name === name)?.type === 'date'
}

interface AttributeChartProps {
  view: View
  whole: AttributeSummary
  part: AttributeSummary
}

function AttributeChart({ view, whole, part }: AttributeChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { of, name, bins } = whole
  const like = { by: 'attribute', of, name } as const
  const frame = { title: t(`profile.attributes.chart.${of}`, { name }), axis: name, shares: view.shares }
  if (bins) {
    return (
      <Histogram
        {...frame}
        bars={valueBars(bins, isDate(view.dataset, whole) ? format.date : format.value)}
        series={[seriesOf(view, t(`data.${of}`), countsOf(part.bins ?? []), countsOf(bins))]}
        brush={binBrush(view, like, bins)}
      />
    )
  }
  const values = whole.values.map(({ value }) => value)
  const counts = new Map(part.values.map(({ value, count }) => [value, count]))
  return (
    <Histogram
      {...frame}
      bars={values.map((value) => ({ label: value, tick: value }))}
      shape="names"
      series={[
        seriesOf(
          view,
          t(`data.${of}`),
          values.map((value) => counts.get(value) ?? 0),
          countsOf(whole.values),
        ),
      ]}
      brush={valueBrush(view, (chosen): Extract<Filter, { by: 'attribute' }> => ({ ...like, values: chosen }), values)}
    />
  )
}
