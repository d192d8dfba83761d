import { TopnError } from '../contract/errors'
import type { RedefinedRun } from '../contract/profiles'
import { readPrepared } from '../data/prepared-files'
import { judgeLists } from '../evaluation/judge'
import { redefine } from '../evaluation/profiles/redefine'
import { findProfile } from '../evaluation/profiles/registry'
import { casesOf } from '../evaluation/rank'
import { createRandom } from '../models/random'
import { readArtifactFile, readManifest } from './artifact'
import { listsFromTensors } from './results'
import type { RedefineTask, TaskContext } from './tasks'

/** Judges the stored lists of runs again, one run after another. */
export async function redefineTask(task: RedefineTask, { signal }: TaskContext): Promise<RedefinedRun[]> {
  const prepared = await readPrepared(task.prepared)
  // The sample of candidates is not drawn again: lists are there already, and all test items count.
  const cases = casesOf(prepared, task, createRandom(0))
  if (new Set(cases.users).size < cases.users.length) {
    const message =
      'The candidates file has several lines for a user, and only one list of each user is stored. Choose runs that ranked all items, or one line of each user.'
    throw new TopnError('BAD_REQUEST', message, { field: 'runIds' })
  }
  const profile = findProfile(task.profile)
  const redefined: RedefinedRun[] = []
  for (const { runId, artifact, cutoffs } of task.runs) {
    signal.throwIfAborted()
    const lists = listsFromTensors(await readArtifactFile(artifact, await readManifest(artifact), 'lists'))
    const judged = judgeLists(lists, cases)
    redefined.push({
      runId,
      users: judged.length,
      metrics: redefine(judged, profile, cutoffs),
      usual: redefine(judged, findProfile('topn'), cutoffs),
    })
  }
  return redefined
}
