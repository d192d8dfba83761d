import { useMemo } from 'react'
import type { CallOutputs } from '../../main/contract/calls'
import { smallTest } from '../../main/contract/power'
import type { DatasetRecord } from '../../main/contract/records'
import { type SplitPreview, type SplitWarning, warningLevels } from '../../main/contract/split-preview'
import { type Answer, useAnswer } from './engine'
import {
  dataProblems,
  type ExperimentDraft,
  evaluationOf,
  evaluationProblems,
  maximumSeed,
  splitOf,
} from './experiment'
import { type FieldValue, numberProblem } from './parameters'
import { stepsOf } from './recipe'
import { newUuid } from './uuid'

export type PreviewAnswer = Answer<CallOutputs['splits.preview']> & { retry: () => void }

/** The place of the screen that asks. */
export const splitView = newUuid()

/** Milliseconds after the last change, so that typing does not cut anew for each digit. */
const delay = 400

/** The split under the form as it stands; nothing is asked while its fields are unfinished. */
export function useSplitPreview(dataset: DatasetRecord, draft: ExperimentDraft): PreviewAnswer {
  const isWhole = dataProblems(draft, dataset).length === 0
  const input = {
    datasetId: dataset.id,
    view: splitView,
    clean: stepsOf(draft.clean, dataset),
    split: splitOf(draft, dataset),
    ...(evaluationProblems(draft).length === 0 && { evaluation: evaluationOf(draft) }),
    ...(isSeed(draft.seed) && { seed: draft.seed }),
  }
  return useAnswer('splits.preview', isWhole ? input : null, delay)
}

function isSeed(seed: FieldValue): seed is number {
  return numberProblem(seed, { integer: true, minimum: 0, maximum: maximumSeed }) === null
}

/** What speaks against the split, the size of its test part included. */
export function useWarnings(preview: SplitPreview | null, { split }: ExperimentDraft): SplitWarning[] {
  const { difference } = split
  return useMemo(() => {
    if (!preview) return []
    const small = isDifference(difference) ? smallTest(preview.power, difference) : null
    const all = small ? [...preview.warnings, small] : preview.warnings
    return all.toSorted((a, b) => warningLevels.indexOf(a.level) - warningLevels.indexOf(b.level))
  }, [preview, difference])
}

export function isDifference(value: FieldValue): value is number {
  return typeof value === 'number' && value > 0
}
