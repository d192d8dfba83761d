import type { Model } from '../model'
import { describedConformance } from './described'
import { historiesConformance } from './histories'
import { scoresConformance } from './scores'
import { trainingConformance } from './training'
import { createTrials } from './trials'

/** What every model must hold to. */
export function conformance(model: Model): void {
  const trials = createTrials(model)
  describedConformance(model)
  scoresConformance(trials)
  trainingConformance(trials)
  historiesConformance(trials)
}
