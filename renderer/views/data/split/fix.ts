import type { DatasetRecord } from '../../../../main/contract/records'
import type { SplitWarning } from '../../../../main/contract/split-preview'
import type { ExperimentDraft } from '../../../state/experiment'
import { withStep } from '../../../state/recipe'

export type FixId = 'temporal' | 'all-candidates' | 'drop-repeats'

export interface Fix {
  id: FixId
  changes: Partial<ExperimentDraft>
}

/** What would remove the reason for a warning, where the form can. */
export function fixOf({ code }: SplitWarning, draft: ExperimentDraft, dataset: DatasetRecord): Fix | null {
  const { split } = draft
  switch (code) {
    case 'future-leak': {
      const test = { ...split.test, strategy: 'temporal' as const }
      return split.predefined ? null : { id: 'temporal', changes: { split: { ...split, test } } }
    }
    case 'sampled-candidates':
      return { id: 'all-candidates', changes: { candidates: 'all' } }
    case 'repeated-across':
      return { id: 'drop-repeats', changes: { clean: withStep(draft.clean, 'duplicates', dataset) } }
    default:
      return null
  }
}
