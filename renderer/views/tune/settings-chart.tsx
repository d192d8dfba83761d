import { Button, Group, Stack, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChartColumn } from '../../charts/chart-panel'
import { ParallelCoordinates, type ParallelLine, type Span } from '../../charts/parallel-coordinates'
import { useFormat } from '../../locales/format'
import { type Judged, objectiveAxis, type SearchAxis } from '../../state/study-space'
import { strengthOf } from '../../state/trials'
import { useObjectiveName } from './objective-name'

interface SettingsChartProps {
  axes: readonly SearchAxis[]
  trials: readonly Judged[]
  objective: string
  chosen: ReadonlySet<number> | null
  onChosen(chosen: ReadonlySet<number> | null): void
}

const cellsOfNumbers = 20

/** Settings of trials as lines over what they reached; parts of axes choose trials. */
export function SettingsChart({ axes, trials, objective, chosen, onChosen }: SettingsChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const all = [...axes, objectiveAxis(trials, objective, format)]
  const measured = useObjectiveName()
  const headingOf = ({ name }: SearchAxis) => (name === objective ? measured(name) : name)
  const lines = linesOf(trials, all, { objective, chosen })
  const { spans, putSpan, free } = useSpans(all, lines, onChosen)
  return (
    <Stack gap="xs">
      <ParallelCoordinates
        title={t('tune.study.parallel', { objective: measured(objective) })}
        note={t('tune.study.parallelNote')}
        axes={all.map((axis) => ({
          ...axis,
          name: headingOf(axis),
          key: axis.name,
          cells: axis.choices?.length ?? cellsOfNumbers,
        }))}
        lines={lines}
        spans={spans}
        onSpan={putSpan}
        describe={(axis, span) => spanText(all.find(({ name }) => name === axis.key) as SearchAxis, span, t)}
        columns={columnsOf(all, headingOf, t)}
      />
      {chosen && (
        <Group gap="sm" role="status">
          <Text size="sm">{t('tune.study.chosen', { count: chosen.size, all: trials.length })}</Text>
          <Button size="compact-xs" variant="default" onClick={free}>
            {t('tune.study.free')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function linesOf(
  trials: readonly Judged[],
  axes: readonly SearchAxis[],
  { objective, chosen }: Pick<SettingsChartProps, 'objective' | 'chosen'>,
): ParallelLine[] {
  const reached = trials.map(({ values }) => values[objective])
  const strengths = strengthOf(reached, objective)
  return trials.map(({ number, params }, at) => ({
    key: String(number),
    places: axes.map(({ name, placeOf }) => placeOf(name === objective ? reached[at] : params[name])),
    strength: strengths[at],
    chosen: chosen === null || chosen.has(number),
  }))
}

/** Parts of axes; the trials whose lines go through all of them are chosen. */
function useSpans(
  axes: readonly SearchAxis[],
  lines: readonly ParallelLine[],
  onChosen: SettingsChartProps['onChosen'],
) {
  const [spans, setSpans] = useState<ReadonlyMap<string, Span>>(new Map())
  function choose(spans: ReadonlyMap<string, Span>) {
    setSpans(spans)
    if (spans.size === 0) return onChosen(null)
    const within = lines.filter(({ places }) => axes.every(({ name }, at) => isWithin(places[at], spans.get(name))))
    onChosen(new Set(within.map(({ key }) => Number(key))))
  }
  function putSpan(axis: string, span: Span | null) {
    const next = new Map(spans)
    if (span) next.set(axis, span)
    else next.delete(axis)
    choose(next)
  }
  return { spans, putSpan, free: () => choose(new Map()) }
}

function columnsOf(
  axes: readonly SearchAxis[],
  headingOf: (axis: SearchAxis) => string,
  t: TFunction,
): ChartColumn<ParallelLine>[] {
  return [
    {
      key: 'trial',
      heading: t('tune.study.trial'),
      align: 'right',
      cell: ({ key }) => key,
      value: ({ key }) => Number(key),
    },
    ...axes.map(
      (axis, at): ChartColumn<ParallelLine> => ({
        key: axis.name,
        heading: headingOf(axis),
        align: 'right',
        cell: ({ places }) => axis.textAt(places[at]),
        value: ({ places }) => axis.textAt(places[at]),
      }),
    ),
  ]
}

/** A value on the border of a part belongs to it, however it was rounded. */
const rounding = 1e-9

function isWithin(place: number, span: Span | undefined): boolean {
  return !span || (place >= span.from - rounding && place <= span.to + rounding)
}

function spanText(axis: SearchAxis, { from, to }: Span, t: TFunction): string {
  // The middle of the first and of the last choice, not their borders.
  const inset = axis.choices ? 0.5 / axis.choices.length : 0
  return t('tune.study.part', { axis: axis.name, from: axis.textAt(from + inset), to: axis.textAt(to - inset) })
}
