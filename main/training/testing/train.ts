import type { Evaluation } from '../../contract/experiment'
import type { Model, Parameters } from '../../models/model'
import { checkParameters, findModel } from '../../models/registry'
import { readArtifactFile, readManifest } from '../artifact'
import { listsFromTensors } from '../results'
import { trainTask } from '../task-train'
import type { TaskMember } from '../tasks'

export interface TestTraining {
  prepared: string
  artifact: string
  features?: string | null
  params?: Parameters
  /** Models that one that is made of others is made of. */
  members?: readonly string[]
}

const evaluation: Evaluation = { candidates: 'all', exclude_seen: true, cutoffs: [10], metrics: ['ndcg'] }

/** Trains a model in this process; one that is made of others is made of item k-NN and EASE, both trained with it. */
export async function trainIn(
  { id, memberWeights }: Pick<Model, 'id' | 'memberWeights'>,
  { prepared, artifact, features = null, params = {}, members = ['item-knn', 'ease'] }: TestTraining,
) {
  const { curve } = await trainTask(
    {
      kind: 'train',
      prepared,
      artifact,
      runId: `${id}-1`,
      model: id,
      params: checkParameters(findModel(id), params),
      features,
      seed: 1,
      threads: 1,
      memoryLimitBytes: 2 ** 32,
      goal: { kind: 'evaluate', evaluation },
      ...(memberWeights && { members: members.map(untrained) }),
    },
    { report() {}, signal: new AbortController().signal },
  )
  const manifest = await readManifest(artifact)
  return {
    manifest,
    curve,
    tensors: await readArtifactFile(artifact, manifest, 'model'),
    lists: listsFromTensors(await readArtifactFile(artifact, manifest, 'lists')),
  }
}

function untrained(model: string): TaskMember {
  const params = checkParameters(findModel(model), {})
  return {
    runId: model,
    name: model,
    model,
    params,
    seed: 1,
    features: null,
    weight: null,
    learned: null,
    artifact: null,
  }
}
