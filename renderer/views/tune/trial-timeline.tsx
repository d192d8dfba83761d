import { useTranslation } from 'react-i18next'
import type { StudyRecord, TrialRecord } from '../../../main/contract/tuning'
import { type Stretch, TimelineChart } from '../../charts/timeline-chart'

/** When each trial was worked on, and how far it came. */
export function TrialTimeline({ study, trials }: { study: StudyRecord; trials: readonly TrialRecord[] }) {
  const { t } = useTranslation()
  const start = Date.parse(study.createdAt)
  const since = (iso: string) => (Date.parse(iso) - start) / 1000
  const stretches = trials.flatMap(({ id, number, rungs }, at) =>
    rungs.map(
      ({ rung, share, startedAt, endedAt }): Stretch => ({
        key: `${id} ${rung}`,
        row: at + 1,
        name: t('tune.study.rungOf', { number, rung: rung + 1 }),
        from: since(startedAt),
        to: since(endedAt),
        strength: share,
      }),
    ),
  )
  return (
    <TimelineChart
      title={t('tune.study.timeline')}
      note={t('tune.study.timelineNote')}
      kind={t('tune.study.trial')}
      axis={t('tune.study.timelineAxis')}
      took={t('tune.study.took')}
      stretches={stretches}
      rows={trials.length}
    />
  )
}
