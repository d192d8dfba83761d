import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCompute } from '../main/compute/create'
import { recommendLists } from '../main/evaluation/recommend'
import type { FittedModel, Interactions, Model } from '../main/models/model'
import { createRandom } from '../main/models/random'
import { checkParameters, findModel } from '../main/models/registry'
import { length, readExchange } from './exchange'
import type { Work } from './works/work'

/**
 * Of one work, by one process of its own: seconds of training and of lists or ratings, by the clock and of processors,
 * which depend less on what else the machine does; and the process' peak memory.
 */
export interface Measured {
  fit: number
  answer: number
  fitProcessor: number
  answerProcessor: number
  peakBytes: number
}

/** Seconds by the clock and of processors since some moment. */
function now(): [clock: number, processor: number] {
  const { user, system } = process.cpuUsage()
  return [performance.now() / 1000, (user + system) / 1e6]
}

const signal = new AbortController().signal

/** TopN's side of a work, on the data in `folder`; lists or ratings go to a file in `out`. */
export async function measureOwn(work: Work, folder: string, out: string): Promise<Measured> {
  const { train, held, threads } = readExchange(folder)
  const compute = await createCompute({ threads })
  const model = findModel(work.model)
  const params = checkParameters(model, { ...work.params })
  const started = now()
  const tensors = await model.fit({ train, params, random: createRandom(1), compute, signal, report() {} })
  const trained = now()
  const fitted = { tensors, params, compute }
  const answer = work.judged === 'lists' ? await lists(model, fitted, train) : await ratings(model, fitted, train, held)
  const end = now()
  writeFileSync(join(out, 'answer'), answer)
  await compute.close()
  return {
    fit: trained[0] - started[0],
    answer: end[0] - trained[0],
    fitProcessor: trained[1] - started[1],
    answerProcessor: end[1] - trained[1],
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }
}

/** The best unseen items of every user. */
async function lists(model: Model, fitted: FittedModel, train: Interactions): Promise<Uint32Array> {
  const scorer = await model.score?.(fitted, train)
  if (!scorer) throw new Error(`${model.id} cannot score`)
  const users = Uint32Array.from({ length: train.users }, (_, user) => user)
  const request = { users, k: length, items: train.items, exclude: [train], allowed: null, signal, report() {} }
  const { items } = await recommendLists({ ...request, scorer })
  scorer.close()
  return items
}

async function ratings(model: Model, fitted: FittedModel, train: Interactions, held: Interactions) {
  const rater = await model.rate?.(fitted, train)
  if (!rater) throw new Error(`${model.id} cannot rate`)
  const users = Uint32Array.from(held.itemIndices)
  for (let user = 0; user < held.users; user++) users.fill(user, held.offsets[user], held.offsets[user + 1])
  const into = new Float32Array(users.length)
  await rater.rate(users, held.itemIndices, into)
  rater.close()
  return into
}
