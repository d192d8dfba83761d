import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import type { CheckedInput } from '../contract/calls'
import { comparisonCalls } from '../contract/calls/comparison'
import { rankedItems, type Significance } from '../contract/comparison'
import { TopnError } from '../contract/errors'
import type { ExperimentFile } from '../contract/experiment'
import type { CompressionPreview, ExportFormatId, ExportOffer, ExportResult } from '../contract/exports'
import type { JobRecord, RunRecord } from '../contract/records'
import type { ExportAbout, ReportFacts } from '../export/formats/format'
import { findFormat, formats } from '../export/formats/registry'
import { fileNameOf, performExport, refuseReplacing } from '../export/perform'
import { safeName } from '../files/safe-name'
import { writeSafetensors } from '../files/safetensors'
import { findModel } from '../models/registry'
import type { FileAccess } from './files'
import type { JobContext, JobRequest } from './jobs'
import { type ListOptions, trainForEveryone } from './lists'
import type { Handlers } from './service'
import { topnVersion } from './workspace'

type ExportCalls = Extract<keyof Handlers, `exports.${string}`>
type ExportInput = CheckedInput<'exports.start'>

/** Runs that a report compares with its own. */
const mostCompared = 20
const significanceInput = comparisonCalls['comparison.significance']

export interface ExportOptions extends ListOptions {
  files: FileAccess
  significance(input: CheckedInput<'comparison.significance'>): Promise<Significance>
}

/** Takes a run away in one of many formats. */
export function exportHandlers(options: ExportOptions): Pick<Handlers, ExportCalls> {
  const { jobs, runs, folders } = options
  const results = new Map<string, ExportResult>()
  const previews = new Map<string, CompressionPreview>()

  function trained(runId: string) {
    const run = runs.find(runId)
    const { state, prepared } = run
    if (state === 'done' && prepared !== null) return { run, prepared }
    throw new TopnError('BAD_REQUEST', `${run.name} is not trained; it can be exported once it is.`, { runId })
  }

  async function placeOf(input: ExportInput, run: RunRecord): Promise<{ path: string; overwrite: boolean }> {
    const format = findFormat(input.format)
    // What TopN itself has named it may replace.
    if (input.path === null) {
      const path = join(folders.exports, fileNameOf(`${safeName(run.name)}-${run.id}`, format))
      return { path, overwrite: true }
    }
    const path = join(await options.files.check(dirname(input.path)), basename(input.path))
    await refuseReplacing(path, format, input.overwrite)
    return { path, overwrite: input.overwrite }
  }

  async function start(input: ExportInput): Promise<JobRecord> {
    const { run } = trained(input.runId)
    refuseFormat(input, run)
    const place = await placeOf(input, run)
    const request: JobRequest = {
      // What trains waits for other trainings.
      kind: input.from === 'everything' ? 'lists' : 'export',
      title: run.name,
      subject: null,
      about: [run.id, run.datasetId],
      beforeRetry: async () => void trained(input.runId),
      async work(context) {
        const result = await perform(input, place, context)
        results.set(job.id, result)
        return result.path
      },
    }
    const job = jobs.start(request)
    return job
  }

  function preview({ runId, prune }: CheckedInput<'exports.preview'>): JobRecord {
    const { run, prepared } = trained(runId)
    const job = jobs.start({
      kind: 'export',
      title: run.name,
      subject: null,
      about: [run.id, run.datasetId],
      beforeRetry: async () => void trained(runId),
      async work(context) {
        const folder = { artifact: folders.artifact(run.id), prepared: folders.prepared(prepared) }
        const task = { kind: 'preview-compression', ...folder, prune, threads: options.threads } as const
        const found = await options.runTask(task, context)
        previews.set(job.id, found)
        return null
      },
    })
    return job
  }

  async function perform(input: ExportInput, place: { path: string; overwrite: boolean }, context: JobContext) {
    const { run, prepared } = trained(input.runId)
    const everything = input.from === 'everything'
    const artifact = everything ? await trainForEveryone(run, input.k, options, context) : folders.artifact(run.id)
    const chosen = await chosenFile(input, prepared)
    const { selectionId: _, runId: _run, path: _path, overwrite: _over, ...settings } = input
    await mkdir(folders.exports, { recursive: true })
    try {
      const job = {
        settings,
        about: await aboutRun(run, input.format),
        artifact,
        prepared: folders.prepared(prepared),
        chosen,
      }
      const { threads } = options
      const excludeSeen = run.evaluation.exclude_seen
      return await performExport({ ...job, ...place, excludeSeen, threads }, options.runTask, context)
    } finally {
      if (chosen) await rm(chosen, { force: true })
    }
  }

  /** The users or items of a selection in a file, which a job reads; null for all. */
  async function chosenFile({ selectionId, format }: ExportInput, prepared: string): Promise<string | null> {
    if (selectionId === null) return null
    const selection = await options.store.selection(selectionId)
    if (selection.of === 'items' && format !== 'similar-items') {
      const message = `${selection.name} is of items; choose a selection of users.`
      throw new TopnError('BAD_REQUEST', message, { field: 'selectionId' })
    }
    const { userIndex, itemIds } = await options.preparedOf(prepared)
    const ids = await options.store.selectionIds(selectionId)
    const wanted = new Set(ids)
    const chosen =
      selection.of === 'items'
        ? [...itemIds.keys()].filter((item) => wanted.has(itemIds[item]))
        : ids.flatMap((id) => userIndex(id) ?? [])
    const path = join(folders.temporary, `${randomUUID()}.safetensors`)
    await writeSafetensors(path, { [selection.of]: { shape: [chosen.length], data: Uint32Array.from(chosen).sort() } })
    return path
  }

  /** Null where an experiment file cannot say what the run did. */
  async function experimentIfAny({ id: runId }: RunRecord): Promise<ExperimentFile | null> {
    try {
      return await runs.handlers['runs.experiment']({ runId })
    } catch (error) {
      if (error instanceof TopnError) return null
      throw error
    }
  }

  /** The runs that were judged on the same users and candidates, and how sure their differences are. */
  async function factsOf(run: RunRecord): Promise<ReportFacts> {
    const { clean, split, curve } = run
    const isLike = (other: RunRecord) =>
      other.state === 'done' && other.prepared === run.prepared && rankedItems(other) === rankedItems(run)
    const alike = runs.list().filter(isLike)
    const keys = Object.keys(run.metrics).filter((name) => name.startsWith('ndcg@'))
    const key = keys.find((name) => name === 'ndcg@10') ?? keys[0] ?? null
    const compared = key === null ? [] : alike.filter(({ metrics }) => key in metrics).slice(-mostCompared)
    const runIds = [run.id, ...compared.map(({ id }) => id).filter((id) => id !== run.id)]
    const comparison =
      key === null || runIds.length < 2 || (run.judgedUsers ?? 0) < 2
        ? null
        : await options.significance(v.parse(significanceInput, { runIds, reference: run.id, metric: key }))
    return { clean, split, curve, comparison, runs: alike.map(({ id, name, metrics }) => ({ id, name, metrics })) }
  }

  async function aboutRun(run: RunRecord, format: ExportFormatId): Promise<ExportAbout> {
    const dataset = await options.store.dataset(run.datasetId)
    return {
      run: run.name,
      dataset: dataset.name,
      version: topnVersion,
      pseudonymised: dataset.source.pseudonymise ?? [],
      experiment: await experimentIfAny(run),
      ...(format === 'report' && { report: await factsOf(run) }),
    }
  }

  return {
    'exports.offers': ({ runId }) => offersFor(runs.find(runId)),
    'exports.start': start,
    'exports.results': ({ jobId }) => results.get(jobId) ?? null,
    'exports.preview': preview,
    'exports.previewed': ({ jobId }) => previews.get(jobId) ?? null,
  }
}

function offersFor({ model }: RunRecord): ExportOffer[] {
  return formats.map(({ id: format, kind, extension, refusal }) => ({
    format,
    kind,
    extension,
    refusal: refusal(findModel(model)),
  }))
}

function refuseFormat({ format, from }: ExportInput, { model }: RunRecord): void {
  const found = findFormat(format)
  const reason = found.refusal(findModel(model))
  if (reason) throw new TopnError('BAD_REQUEST', `${reason} Choose another format.`, { field: 'format' })
  if (from === 'everything' && found.kind !== 'lists') {
    const message = 'Only lists are made from all data; a model is exported as it was judged.'
    throw new TopnError('BAD_REQUEST', message, { field: 'from' })
  }
}
