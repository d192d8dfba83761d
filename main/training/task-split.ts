import { readCandidates } from '../data/candidates'
import { readEncoded, writePrepared } from '../data/prepared-files'
import { countParts, splitInteractions, withoutTest } from '../data/split'
import { pictureOf } from '../data/split/picture'
import { createRandom } from '../models/random'
import type { SplitTask, TaskResults } from './tasks'

export async function splitTask(task: SplitTask): Promise<TaskResults['split']> {
  const encoded = await readEncoded(task.encoded)
  const all = splitInteractions(encoded, task.split, createRandom(task.seed).derive('split'))
  const parts = task.forTuning ? withoutTest(all) : all
  const { userIds, itemIds, titles } = encoded
  if (task.output !== null) {
    const candidates =
      task.candidatesFile === null ? null : await readCandidates(task.candidatesFile, { userIds, itemIds })
    await writePrepared(task.output, { hash: task.hash, userIds, itemIds, titles, ...parts, candidates })
  }
  return { ...countParts(parts), picture: pictureOf(parts, task.split) }
}
