import type { StudyRecord, TrialRecord } from '../contract/tuning'

export interface StudyResults {
  study: StudyRecord
  trials: readonly TrialRecord[]
}

/** What the leaderboard's file says of a study: all of its trials, whose values are of the validation part. */
export function studyEntry({ study, trials }: StudyResults) {
  const { split, sampler, halving, objectives, seed, models } = study.settings
  return {
    id: study.id,
    split,
    sampler,
    halving,
    objectives,
    seed,
    spaces: Object.fromEntries(models.map(({ model, space }) => [model, space])),
    seconds: study.seconds,
    best: study.best,
    trials: trials.map(({ number, model, params, state, values, seconds, rungs, error }) => ({
      number,
      model,
      params,
      state,
      validation: values,
      seconds,
      rungs: rungs.map(({ share, epochs, values, fitSeconds, evaluateSeconds }) => ({
        share,
        epochs,
        validation: values,
        fit_seconds: fitSeconds,
        evaluate_seconds: evaluateSeconds,
      })),
      ...(error && { reason: error.message }),
    })),
  }
}
