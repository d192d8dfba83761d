import { Button, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord } from '../../../../main/contract/records'
import type { SplitPreview } from '../../../../main/contract/split-preview'
import { Histogram } from '../../../charts/histogram'
import { useFormat } from '../../../locales/format'
import { useExperiment } from '../../../state/draft'
import { formatRoute } from '../../../state/router'
import { splitView, useSplitPreview, useWarnings } from '../../../state/split-preview'
import { Facts } from '../../../widgets/facts'
import { Panel } from '../../../widgets/panel'
import { PartCountsTable } from '../../../widgets/part-counts-table'
import { ShareDone } from '../../../widgets/share-done'
import { Failure, Loading } from '../../../widgets/states'
import type { FormProps } from '../../train/form'
import { CutSlider } from './cut-slider'
import { OverlapTable } from './overlap'
import { Power } from './power'
import { SplitForm } from './split-form'
import styles from './split-room.module.css'
import { Timeline } from './timeline'
import { Warnings } from './warnings'

/** How the data is cut into parts, a picture of it, and what speaks against it. The form is the Train screen's. */
export function SplitRoom({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const form = { dataset, ...useExperiment(dataset) }
  const answer = useSplitPreview(dataset, form.draft)
  const preview = answer.value
  const warnings = useWarnings(preview, form.draft)
  return (
    <div className={styles.room}>
      <div className={styles.column}>
        <SplitForm {...form} />
        {preview && (
          <Panel
            title={t('split.warningsTitle')}
            actions={
              <Button component="a" variant="default" href={formatRoute('train')}>
                {t('data.next')}
              </Button>
            }
          >
            <Warnings {...form} warnings={warnings} />
          </Panel>
        )}
        {preview && <Power {...form} power={preview.power} />}
      </div>
      <div className={styles.column} aria-busy={answer.state === 'loading'}>
        {answer.state === 'failed' && <Failure error={answer.error} onRetry={answer.retry} />}
        {answer.state === 'loading' && !preview && <Loading text={t('split.counting')} view={splitView} />}
        {preview && (
          <div className={answer.state === 'loading' ? `${styles.column} ${styles.stale}` : styles.column}>
            <Picture {...form} preview={preview} />
          </div>
        )}
        {answer.state === 'loading' && preview && (
          <div className={styles.share}>
            <ShareDone view={splitView} />
          </div>
        )}
      </div>
    </div>
  )
}

function Picture({ preview, draft, change }: FormProps & { preview: SplitPreview }) {
  const { t } = useTranslation()
  const { picture } = preview
  const cut = picture.cuts.find(({ part }) => part === 'test')
  const { split } = draft
  return (
    <>
      <Timeline picture={picture} />
      {cut && picture.timeline && split.test.strategy === 'temporal' && (
        <CutSlider
          timeline={picture.timeline}
          at={cut.at}
          onMove={(at) => change({ split: { ...split, test: { ...split.test, cutBy: 'at', at } } })}
        />
      )}
      <Panel title={t('split.partsTitle')}>
        <Stack gap="md">
          <PartCountsTable counts={preview} spans={picture.spans} />
          <Numbers preview={preview} />
        </Stack>
      </Panel>
      <div className={styles.pair}>
        <OverlapTable picture={picture} />
        <TestSizes preview={preview} />
      </div>
    </>
  )
}

function Numbers({ preview: { picture, test } }: { preview: SplitPreview }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { beforeLastTraining, repeatedAcross, usersWithoutTest } = picture
  const share = (count: number) => format.percent(test.interactions === 0 ? 0 : count / test.interactions)
  return (
    <Facts
      facts={[
        ...(beforeLastTraining === null ? [] : [[t('split.leak'), share(beforeLastTraining)] as [string, string]]),
        [t('split.repeated'), format.count(repeatedAcross)],
        [t('split.withoutTest'), format.count(usersWithoutTest)],
      ]}
    />
  )
}

function TestSizes({ preview: { picture } }: { preview: SplitPreview }) {
  const { t } = useTranslation()
  const format = useFormat()
  const bars = picture.testSizes.map(({ from, to }) => {
    const last = to - 1
    const label = last > from ? `${format.count(from)}–${format.count(last)}` : format.count(from)
    return { label, tick: label }
  })
  const series = [{ name: t('data.users'), counts: picture.testSizes.map(({ count }) => count) }]
  return <Histogram title={t('split.testSizes')} axis={t('split.testSize')} bars={bars} series={series} />
}
