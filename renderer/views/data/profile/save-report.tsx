import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CleanStep } from '../../../../main/contract/clean'
import type { Filter } from '../../../../main/contract/filters'
import type { DatasetRecord } from '../../../../main/contract/records'
import { download } from '../../../state/download'
import { useAction, useEngine } from '../../../state/engine'

interface SaveReportProps {
  dataset: DatasetRecord
  clean: CleanStep[]
  filters: readonly Filter[]
}

/** Writes the profile as one file that any browser shows. */
export function SaveReport({ dataset, clean, filters }: SaveReportProps) {
  const { t, i18n } = useTranslation()
  const engine = useEngine()
  const save = useAction(async () => {
    const language = i18n.language === 'zh' ? 'zh' : 'en'
    const { path } = await engine.call('datasets.report', {
      datasetId: dataset.id,
      clean,
      filters: [...filters],
      language,
    })
    download(path)
  })
  return (
    <Button variant="default" loading={save.busy} onClick={() => save.run()}>
      {t('profile.save')}
    </Button>
  )
}
