import type { JobKind } from '../contract/records'

/** What training takes at its peak. */
export interface Needs {
  threads: number
  bytes: number
}

export interface Room {
  /** So many trainings run side by side whatever they need; more where what they need is there. */
  concurrentTrainings: number
  machine: Needs
}

/** Somebody waits for them at a screen. */
const startsAtOnce: readonly JobKind[] = ['load', 'project', 'export']

export function isTraining({ kind }: { kind: JobKind }): boolean {
  return !startsAtOnce.includes(kind)
}

/** Whether a training finds room beside those that run. */
export function fitsBeside(own: Needs, others: readonly Needs[], { concurrentTrainings, machine }: Room): boolean {
  const total = (what: keyof Needs) => [own, ...others].reduce((sum, needs) => sum + needs[what], 0)
  return others.length < concurrentTrainings || (total('threads') <= machine.threads && total('bytes') <= machine.bytes)
}
