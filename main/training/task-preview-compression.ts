import type { Compute } from '../compute/compute'
import { createCompute } from '../compute/create'
import type { Evaluation } from '../contract/experiment'
import { type Compression, type CompressionOutcome, precisions } from '../contract/exports'
import type { PreparedData } from '../data/prepared'
import { readPrepared } from '../data/prepared-files'
import { sampleOfTestUsers } from '../data/share-of-users'
import { evaluate } from '../evaluation/evaluate'
import { knownScorer } from '../evaluation/known-scorer'
import { compress } from '../export/compress'
import { type Model, type Scorer, scoresColdItems, type Tensors } from '../models/model'
import { createRandom } from '../models/random'
import { findModel } from '../models/registry'
import { type ArtifactManifest, readArtifactFile, readManifest } from './artifact'
import type { PreviewCompressionTask } from './export-tasks'
import { noProgress } from './progress'
import type { TaskContext, TaskResults } from './tasks'

/** Enough to see a loss of a hundredth, and few enough to wait for. */
const sampledUsers = 200

interface Subject {
  model: Model
  manifest: ArtifactManifest
  prepared: PreparedData
  compute: Compute
  signal: AbortSignal
}

/** What a model weighs, takes and is worth as it is, and in each precision with the share of weights pruned. */
export async function previewCompressionTask(
  task: PreviewCompressionTask,
  { report, signal }: TaskContext,
): Promise<TaskResults['preview-compression']> {
  const manifest = await readManifest(task.artifact)
  const tensors = await readArtifactFile(task.artifact, manifest, 'model')
  const { data: prepared, users } = sampleOfTestUsers(await readPrepared(task.prepared), sampledUsers)
  const compute = await createCompute({ threads: task.threads })
  try {
    const subject = { model: findModel(manifest.model), manifest, prepared, compute, signal }
    const asked = compressionsWith(task.prune)
    // What is slow only once, such as making kernels ready, is in no outcome.
    await judge(subject, tensors)
    const outcomes: CompressionOutcome[] = []
    for (const [at, compression] of asked.entries()) {
      report({ ...noProgress, phase: 'evaluate', fraction: (at + 1) / (asked.length + 1) })
      outcomes.push(await outcomeOf(subject, tensors, compression))
    }
    return { users, outcomes }
  } finally {
    await compute.close()
  }
}

/** The model as it is comes first. */
function compressionsWith(prune: number): Required<Compression>[] {
  const pruned = precisions.map((precision) => ({ precision, prune }))
  return prune === 0 ? pruned : [{ precision: 'float32', prune: 0 }, ...pruned]
}

async function outcomeOf(
  subject: Subject,
  tensors: Tensors,
  compression: Required<Compression>,
): Promise<CompressionOutcome> {
  const { written, restored } = compress(tensors, compression)
  const bytes = Object.values(written).reduce((sum, { data }) => sum + data.byteLength, 0)
  return { ...compression, bytes, ...(await judge(subject, restored)) }
}

/** The sample is ranked as the run was; only its lists' quality at 10 is asked for. */
async function judge({ model, manifest, prepared, compute, signal }: Subject, tensors: Tensors) {
  const fitted = { tensors, params: manifest.params, compute }
  const { scorer, seconds } = timed(await knownScorer(model, fitted, prepared))
  try {
    const { candidates, exclude_seen } = manifest.evaluation ?? usualEvaluation
    const { metrics, users } = await evaluate({
      prepared,
      scorer,
      rater: null,
      coldItems: scoresColdItems(model),
      evaluation: { candidates, exclude_seen, cutoffs: [10], metrics: ['ndcg'] },
      random: createRandom(manifest.seed).derive('evaluate'),
      signal,
      report() {},
    })
    return { ndcg: metrics['ndcg@10'], millisecondsPerUser: (1000 * seconds()) / users.length }
  } finally {
    scorer.close()
  }
}

const usualEvaluation: Pick<Evaluation, 'candidates' | 'exclude_seen'> = { candidates: 'all', exclude_seen: true }

/** Counts the time that a scorer takes. */
function timed(scorer: Scorer): { scorer: Scorer; seconds(): number } {
  let milliseconds = 0
  const during = async (work: () => Promise<void> | undefined) => {
    const started = performance.now()
    await work()
    milliseconds += performance.now() - started
  }
  return {
    scorer: {
      score: (users, into) => during(() => scorer.score(users, into)),
      ...(scorer.best && { best: (...given) => during(() => scorer.best?.(...given)) }),
      close: () => scorer.close(),
    },
    seconds: () => milliseconds / 1000,
  }
}
