import type { DatasetRecord } from '../../../main/contract/records'
import type { ExperimentDraft } from '../../state/experiment'

/** What every part of the experiment's form is given. */
export interface FormProps {
  dataset: DatasetRecord
  draft: ExperimentDraft
  change(changes: Partial<ExperimentDraft>): void
}
