import type { DatasetRecord } from '../../../../main/contract/records'
import { useExperiment } from '../../../state/draft'
import { useAnswer } from '../../../state/engine'
import { type FeatureLines, linesOf } from '../../../state/features'
import { stepsOf } from '../../../state/recipe'
import { newUuid } from '../../../state/uuid'

/** The place of the screen that asks. */
export const featuresView = newUuid()

/** Milliseconds after the last change, so that typing does not encode each digit. */
const delay = 250

/** What the features of the form give. Lines that are switched off are asked about too: they may be switched on. */
export function usePreview(dataset: DatasetRecord) {
  const { draft } = useExperiment(dataset)
  const clean = stepsOf(draft.clean, dataset)
  const features = draft.features?.map(({ feature }) => feature) ?? null
  const answer = useAnswer('features.preview', { datasetId: dataset.id, clean, features, view: featuresView }, delay)
  const lines: FeatureLines | null = draft.features ?? (answer.value && linesOf(answer.value.defaults))
  return { answer, lines }
}
