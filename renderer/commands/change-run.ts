import i18next from 'i18next'
import type { DatasetRecord, RunRecord } from '../../main/contract/records'
import { changeExperiment } from '../state/draft'
import { draftOf, holdsAll, settingsOfRun } from '../state/fill'
import { notify } from '../state/notify'
import { navigate } from '../state/router'
import { chooseDataset } from './steps'

/** Opens Train with the run's settings in the form. */
export function changeAndRun(run: RunRecord, dataset: DatasetRecord): void {
  const settings = settingsOfRun(run)
  const draft = draftOf(settings, dataset)
  chooseDataset(dataset.id)
  changeExperiment(dataset, draft)
  if (holdsAll(draft, settings, dataset)) notify('info', i18next.t('run.changed', { name: run.name }))
  else notify('warning', i18next.t('run.changedPartly', { name: run.name }))
  navigate('train')
}
