import { createCompute } from '../compute/create'
import { readPrepared } from '../data/prepared-files'
import { shareOfUsers } from '../data/share-of-users'
import { evaluate } from '../evaluation/evaluate'
import { knownScorer } from '../evaluation/known-scorer'
import { scoresColdItems } from '../models/model'
import { createRandom } from '../models/random'
import { findModel } from '../models/registry'
import { deviceFor } from './devices'
import { checkMemory, featuresOf, fitModel, itemFeaturesOf, listShare } from './fit'
import { phaseReporter } from './progress'
import type { TaskContext, TaskResults, TrialTask } from './tasks'

/** Fits a model on prepared data for tuning and judges it; nothing is kept but its metrics. */
export async function trialTask(task: TrialTask, context: TaskContext): Promise<TaskResults['trial']> {
  const model = findModel(task.model)
  const random = createRandom(task.seed)
  const prepared = shareOfUsers(await readPrepared(task.prepared), task.userShare, random.derive('share of users'))
  const { train, foldIn } = prepared
  const features = await featuresOf(task.prepared, task.features, train)
  const compute = await createCompute({ threads: task.threads, device: deviceFor(model, task) })
  try {
    checkMemory(model, { train, features, foldIn }, task, compute.device)
    const fitted = await fitModel(model, { train, features, validation: null }, task, { random, compute, ...context })
    const started = performance.now()
    const trained = { tensors: fitted.tensors, params: task.params, compute }
    const scorer = await knownScorer(model, trained, { train, foldIn })
    const rater = model.rate ? await model.rate(trained, train) : null
    const { metrics } = await evaluate({
      prepared,
      scorer,
      rater,
      coldItems: scoresColdItems(model),
      scoresAreLogits: model.scoresAreLogits?.(task.params) ?? false,
      itemFeatures: await itemFeaturesOf(task.goal, task.prepared, train),
      evaluation: task.goal.evaluation,
      random: random.derive('evaluate'),
      signal: context.signal,
      report: phaseReporter(listShare, context.report),
    })
    rater?.close()
    scorer.close()
    return {
      metrics,
      fitSeconds: fitted.seconds,
      evaluateSeconds: (performance.now() - started) / 1000,
      peakBytes: process.resourceUsage().maxRSS * 1024,
    }
  } finally {
    await compute.close()
  }
}
