import { useEffect, useMemo } from 'react'
import { toPlainError } from '../../main/contract/errors'
import type { TrialRecord } from '../../main/contract/tuning'
import { useEngine } from './engine'
import { showError } from './notify'
import { useWorkbench } from './workbench'

/** A study's trials in the order of their numbers: those there are, and from then on each change of them. */
export function useTrials(studyId: string): readonly TrialRecord[] {
  const engine = useEngine()
  useEffect(() => {
    engine.call('studies.trials', { studyId }).then(addTrials, (error) => showError(toPlainError(error, true)))
  }, [engine, studyId])
  const all = useWorkbench(({ trials }) => trials)
  return useMemo(
    () => [...all.values()].filter((trial) => trial.studyId === studyId).sort((a, b) => a.number - b.number),
    [all, studyId],
  )
}

/** What has been told of a trial since the question is newer than the answer. */
export function addTrials(answered: readonly TrialRecord[]): void {
  useWorkbench.setState(({ trials }) => ({
    trials: new Map([...answered.map((trial) => [trial.id, trial] as const), ...trials]),
  }))
}
