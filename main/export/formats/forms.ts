import { type ScoringForm, sequencesOf } from '../../models/form'
import { compress } from '../compress'
import type { ExportSource } from './format'

/** How the model scores, with the numbers that a reader gets; null where its parameters leave no such form. */
export function formOf({ model, manifest, tensors, settings }: ExportSource): ScoringForm | null {
  const { restored } = compress(tensors, settings.compression)
  return model.form?.({ tensors: restored, params: manifest.params }) ?? null
}

/** What of a history the graphs read, for programs that ask them. */
export function readingOf({ users, histories }: ScoringForm): Record<string, string> {
  const [sequence] = [users, histories].flatMap((form) => (form ? sequencesOf(form) : []))
  return sequence ? { session_gap: String(sequence.sessionGap) } : {}
}
