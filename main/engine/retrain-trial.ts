import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import type { StudyRecord, TrialRecord } from '../contract/tuning'
import { findModel } from '../models/registry'
import { withoutValidation } from './members'
import type { Runs } from './runs'
import { refuseUnderWay } from './study-queue'
import type { StudyRecords } from './study-records'
import { joinValidation } from './study-split'

interface RetrainOptions {
  records: StudyRecords
  runs: Pick<Runs, 'start' | 'list'>
}

type FinishInput = CheckedInput<'studies.finish'>

/** Trains a trial of a study, its best one unless another is named, on the validation part too. */
export function trialRetrainer(options: RetrainOptions): (input: FinishInput) => Promise<RunRecord> {
  let last: Promise<unknown> = Promise.resolve()
  // One after the other, so that asking twice gives one run.
  return (input) => {
    const own = last.then(() => retrain(input, options))
    last = own.catch(() => {})
    return own
  }
}

/** Runs of a study's trials that are trained, or will be. */
export function runsOfStudy(runs: Pick<Runs, 'list'>, studyId: string): RunRecord[] {
  return runs.list().filter(({ study, state }) => study?.id === studyId && state !== 'failed' && state !== 'cancelled')
}

async function retrain({ studyId, trial: number }: FinishInput, { records, runs }: RetrainOptions): Promise<RunRecord> {
  const study = records.find(studyId)
  refuseUnderWay(study)
  const wanted = number ?? study.best[0]
  const trial = records.trials(studyId).find((one) => one.number === wanted)
  if (!trial || trial.values === null) {
    const message = `${study.name} has no trial ${wanted ?? ''} that was judged.`
    throw new TopnError('BAD_REQUEST', message, { field: 'trial' })
  }
  const earlier = runsOfStudy(runs, studyId).find((run) => run.study?.trial === wanted)
  if (earlier) {
    const message = `Trial ${wanted} of ${study.name} is retrained already: ${earlier.name}.`
    throw new TopnError('BAD_REQUEST', message, { field: 'trial', runId: earlier.id })
  }
  const [run] = await runs.start(settingsOfTrial(study, trial), { study: { id: studyId, trial: trial.number } })
  return run
}

function settingsOfTrial({ datasetId, settings }: StudyRecord, trial: TrialRecord): CheckedInput<'runs.start'> {
  const { clean, split, evaluation, seed, device = 'best', features } = settings
  const model = findModel(trial.model)
  return {
    datasetId,
    clean,
    split: joinValidation(split),
    features: model.features ? features : null,
    evaluation,
    seed,
    device,
    models: [{ model: trial.model, params: withoutValidation(model, trial.params) }],
    repeat: null,
  }
}
