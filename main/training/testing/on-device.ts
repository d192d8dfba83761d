import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { DeviceId } from '../../contract/devices'
import { writePrepared } from '../../data/prepared-files'
import { forkJob } from '../../link/process'
import type { Parameters } from '../../models/model'
import { checkParameters, findModel } from '../../models/registry'
import { interactionsOf, tastes } from '../../models/testing'
import { readArtifactFile, readManifest } from '../artifact'
import { createTaskRunner } from '../processes'
import type { Task, TaskResult } from '../tasks'

const [users, items] = [40, 30]

/** Small prepared data, and tasks on it in processes of their own, which see `environment` besides. */
export async function openDeviceBench(environment: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'topn-device-'))
  const names = (count: number) => Array.from({ length: count }, (_, at) => String(at).padStart(3, '0'))
  const rows = Array.from({ length: users }, (_, user) => [(user * 7) % items])
  const prepared = join(folder, 'prepared')
  await writePrepared(prepared, {
    hash: 'x',
    ...{ userIds: names(users), itemIds: names(items), titles: null, foldIn: null, candidates: null },
    train: tastes(users, items, 8),
    validation: null,
    test: interactionsOf(rows, items),
  })
  const context = { report() {}, signal: new AbortController().signal }
  const job = resolve(import.meta.dirname, '../../../out/test/job.js')
  const runTask = createTaskRunner(() => within(environment, () => forkJob(job)), 2 ** 33)
  const perform = <T extends Task>(task: T): Promise<TaskResult<T>> => runTask(task, context)
  return {
    perform,
    /** Trains a model and says what computed it, and its losses. */
    async train(model: string, device: DeviceId, params: Parameters) {
      const result = await perform({
        kind: 'train',
        ...{ prepared, features: null, artifact: join(folder, `${model}-${device}`), runId: model, model, device },
        params: checkParameters(findModel(model), params),
        ...{ seed: 3, threads: 1, memoryLimitBytes: 2 ** 33 },
        goal: {
          kind: 'evaluate',
          evaluation: { candidates: 'all', exclude_seen: true, cutoffs: [10], metrics: ['ndcg'] },
        },
      })
      const losses = result.curve.map(({ values }) => values.loss)
      const artifact = join(folder, `${model}-${device}`)
      const weights = await readArtifactFile(artifact, await readManifest(artifact), 'model')
      return { device: result.device, name: result.deviceName, losses, weights }
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}

/** Does something while these variables are set. */
function within<T>(environment: Record<string, string>, act: () => T): T {
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, environment)
  try {
    return act()
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
