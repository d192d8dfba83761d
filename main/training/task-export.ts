import { readFile, writeFile } from 'node:fs/promises'
import { createCompute } from '../compute/create'
import { knownParts, type PreparedData } from '../data/prepared'
import { readPrepared } from '../data/prepared-files'
import { knownScorer } from '../evaluation/known-scorer'
import { rankedItems, recommendLists } from '../evaluation/recommend'
import { compress } from '../export/compress'
import { explainWriting } from '../export/explain-writing'
import type { ExportSource } from '../export/formats/format'
import { findFormat } from '../export/formats/registry'
import { casesFromTensors, caseTensors, chooseCases, scoreCases } from '../export/proof/cases'
import { compareScores } from '../export/proof/compare'
import {
  compareTables,
  createSampler,
  type Sampler,
  sampleOf,
  type TableRows,
  type TableSample,
} from '../export/proof/tables'
import { readSafetensors, writeSafetensors } from '../files/safetensors'
import type { FittedModel, Tensor, Tensors } from '../models/model'
import { scoresColdItems } from '../models/model'
import { findModel } from '../models/registry'
import { readArtifactFile, readManifest } from './artifact'
import type { ExportTask, ProveTask } from './export-tasks'
import { noProgress, phaseReporter } from './progress'
import { listsFromTensors } from './results'
import type { TaskContext, TaskResults } from './tasks'

/** Writes an export's files, and beside them what the model itself scores where a proof is to be made. */
export async function exportTask(task: ExportTask, context: TaskContext): Promise<null> {
  const { settings, about, folder } = task
  const format = findFormat(settings.format)
  const manifest = await readManifest(task.artifact)
  const prepared = await readPrepared(task.prepared)
  const model = findModel(manifest.model)
  const tensors = await readArtifactFile(task.artifact, manifest, 'model')
  const compute = await createCompute({ threads: task.threads })
  try {
    const fitted = { tensors: compress(tensors, settings.compression).restored, params: manifest.params, compute }
    const chosen = await chosenOf(task)
    let made: ReturnType<ExportSource['lists']> | null = null
    const lists: ExportSource['lists'] = () => {
      made ??= listsOf(task, chosen.users, prepared, fitted, context)
      return made
    }
    const report = (fraction: number) => context.report({ ...noProgress, phase: 'write', fraction })
    report(0.5)
    const source = {
      settings,
      about,
      manifest,
      model,
      prepared,
      tensors,
      fitted,
      lists,
      chosen,
      signal: context.signal,
    }
    const whole = { ...source, report: context.report }
    const samplers: Sampler[] = []
    await format.write(whole, folder, (table) => {
      const sampler = createSampler(table)
      samplers.push(sampler)
      return sampler
    })
    context.signal.throwIfAborted()
    if (task.expected !== null && format.tables) {
      const seen = samplers.map((sampler) => sampler.sample())
      const others = await samplesOf(await format.tables.expected(whole))
      await writeFile(task.expected, JSON.stringify([...seen, ...others]))
    }
    if (task.expected !== null && format.reread) {
      const form = model.form?.(fitted) ?? null
      const cases = chooseCases(prepared, model.foldIn !== undefined && form?.histories !== undefined, form)
      const scores = await scoreCases(model, fitted, prepared.train, cases)
      await writeSafetensors(task.expected, caseTensors(cases, scores))
    }
    report(1)
  } catch (error) {
    throw explainWriting(error, task.path)
  } finally {
    await compute.close()
  }
  return null
}

async function samplesOf(tables: readonly TableRows[]): Promise<TableSample[]> {
  const samples: TableSample[] = []
  for (const table of tables) samples.push(await sampleOf(table))
  return samples
}

async function chosenOf({ chosen }: ExportTask): Promise<ExportSource['chosen']> {
  const { users, items }: Tensors = chosen === null ? {} : await readSafetensors(chosen)
  const rowsOf = (tensor: Tensor | undefined) => (tensor ? (tensor.data as Uint32Array) : null)
  return { users: rowsOf(users), items: rowsOf(items) }
}

/** The best items of chosen users, or of all whom anything is known of. */
async function listsOf(
  { artifact, settings, excludeSeen }: ExportTask,
  users: Uint32Array | null,
  prepared: PreparedData,
  fitted: FittedModel,
  { report, signal }: TaskContext,
) {
  const manifest = await readManifest(artifact)
  const model = findModel(manifest.model)
  if (manifest.trainedOn === 'everything') {
    return listsFromTensors(await readArtifactFile(artifact, manifest, 'lists'))
  }
  const known = knownParts(prepared)
  const isKnown = (user: number) => known.some(({ offsets }) => offsets[user + 1] > offsets[user])
  const all = users ?? Uint32Array.from({ length: prepared.userIds.length }, (_, user) => user).filter(isKnown)
  const scorer = await knownScorer(model, fitted, prepared)
  try {
    return await recommendLists({
      scorer,
      users: all,
      k: settings.k,
      items: prepared.itemIds.length,
      exclude: excludeSeen ? known : [],
      allowed: rankedItems(prepared.train, scoresColdItems(model)),
      signal,
      report: phaseReporter({ from: 0, to: 0.5 }, report),
    })
  } finally {
    scorer.close()
  }
}

/**
 * Reads an export in this process, which has not written it: scores by it what the model has scored, or compares its rows
 * with those that were to be written.
 */
export async function proveTask(task: ProveTask, { report, signal }: TaskContext): Promise<TaskResults['prove']> {
  const format = findFormat(task.format)
  report({ ...noProgress, phase: 'prove', fraction: 0.5 })
  if (format.tables) {
    const { by, tables } = await format.tables.found(task.folder)
    return compareTables(by, JSON.parse(await readFile(task.expected, 'utf8')), tables)
  }
  if (!format.reread) throw new Error(`${task.format} is not proved`)
  const manifest = await readManifest(task.artifact)
  const prepared = await readPrepared(task.prepared)
  const { cases, scores } = casesFromTensors(await readSafetensors(task.expected))
  const model = findModel(manifest.model)
  const rescorer = await format.reread({ folder: task.folder, model, params: manifest.params, prepared })
  try {
    const again = await rescorer.score(cases)
    signal.throwIfAborted()
    const rows = cases.flatMap(({ user }, at) => {
      const own = again[at]
      return own ? [{ isUser: user !== null, own: scores[at], again: own }] : []
    })
    return compareScores(rescorer.by, rows)
  } finally {
    await rescorer.close?.()
  }
}
