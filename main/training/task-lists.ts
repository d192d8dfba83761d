import { createCompute } from '../compute/create'
import { knownParts } from '../data/prepared'
import { readPrepared } from '../data/prepared-files'
import { knownScorer } from '../evaluation/known-scorer'
import { rankedItems, recommendLists } from '../evaluation/recommend'
import { writeSafetensors } from '../files/safetensors'
import { scoresColdItems } from '../models/model'
import { findModel } from '../models/registry'
import { readArtifactFile, readManifest } from './artifact'
import { phaseReporter } from './progress'
import { listTensors } from './results'
import type { ListsTask, TaskContext } from './tasks'

/** Scores single users again with a trained model; seen are the items of training and validation. */
export async function listsTask(task: ListsTask, { report, signal }: TaskContext): Promise<null> {
  const manifest = await readManifest(task.artifact)
  const prepared = await readPrepared(task.prepared)
  const model = findModel(manifest.model)
  const tensors = await readArtifactFile(task.artifact, manifest, 'model')
  const compute = await createCompute({ threads: task.threads })
  try {
    const scorer = await knownScorer(model, { tensors, params: manifest.params, compute }, prepared)
    const lists = await recommendLists({
      scorer,
      users: Uint32Array.from(task.users),
      k: task.k,
      items: prepared.itemIds.length,
      exclude: task.excludeSeen ? knownParts(prepared) : [],
      allowed: rankedItems(prepared.train, scoresColdItems(model)),
      signal,
      report: phaseReporter({ from: 0, to: 1 }, report),
    })
    await writeSafetensors(task.output, listTensors(lists))
  } finally {
    await compute.close()
  }
  return null
}
