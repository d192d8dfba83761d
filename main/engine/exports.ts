import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { CompressionPreview, ExportOffer, ExportResult } from '../contract/exports'
import type { JobRecord, RunRecord } from '../contract/records'
import { findFormat, formats } from '../export/formats/registry'
import { fileNameOf, performExport, refuseReplacing } from '../export/perform'
import { safeName } from '../files/safe-name'
import { writeSafetensors } from '../files/safetensors'
import { findModel } from '../models/registry'
import type { FileAccess } from './files'
import type { JobContext, JobRequest } from './jobs'
import { type ListOptions, trainForEveryone } from './lists'
import { aboutRun, type FactOptions } from './report-facts'
import type { Runs } from './runs'
import type { Handlers } from './service'

type ExportCalls = Extract<keyof Handlers, `exports.${string}`>
type ExportInput = CheckedInput<'exports.start'>

interface ExportOptions extends ListOptions, Pick<FactOptions, 'significance'> {
  files: FileAccess
}

/** Takes a run away in one of many formats. */
export function exportHandlers(options: ExportOptions): Pick<Handlers, ExportCalls> {
  const { jobs, runs } = options
  const results = new Map<string, ExportResult>()
  const previews = new Map<string, CompressionPreview>()

  async function start(input: ExportInput): Promise<JobRecord> {
    const { run } = trained(runs, input.runId)
    refuseFormat(input, run)
    const place = await placeOf(input, run, options)
    const job = jobs.start({
      // What trains waits for other trainings.
      kind: input.from === 'everything' ? 'lists' : 'export',
      ...requestOf(run, runs),
      async work(context) {
        const result = await perform(input, place, options, context)
        results.set(job.id, result)
        return result.path
      },
    })
    return job
  }

  function preview({ runId, prune }: CheckedInput<'exports.preview'>): JobRecord {
    const { run, prepared } = trained(runs, runId)
    const job = jobs.start({
      kind: 'export',
      ...requestOf(run, runs),
      async work(context) {
        const { folders, threads } = options
        const folder = { artifact: folders.artifact(run.id), prepared: folders.prepared(prepared) }
        const found = await options.runTask({ kind: 'preview-compression', ...folder, prune, threads }, context)
        previews.set(job.id, found)
        return null
      },
    })
    return job
  }

  return {
    'exports.offers': ({ runId }) => offersFor(runs.find(runId)),
    'exports.start': start,
    'exports.results': ({ jobId }) => results.get(jobId) ?? null,
    'exports.preview': preview,
    'exports.previewed': ({ jobId }) => previews.get(jobId) ?? null,
  }
}

function requestOf(run: RunRecord, runs: Runs): Omit<JobRequest, 'kind' | 'work'> {
  return {
    title: run.name,
    subject: null,
    about: [run.id, run.datasetId],
    beforeRetry: async () => void trained(runs, run.id),
  }
}

function trained(runs: Runs, runId: string): { run: RunRecord; prepared: string } {
  const run = runs.find(runId)
  const { state, prepared } = run
  if (state === 'done' && prepared !== null) return { run, prepared }
  throw new TopnError('BAD_REQUEST', `${run.name} is not trained; it can be exported once it is.`, { runId })
}

interface Place {
  path: string
  overwrite: boolean
}

async function placeOf(input: ExportInput, run: RunRecord, { folders, files }: ExportOptions): Promise<Place> {
  const format = findFormat(input.format)
  // What TopN itself has named it may replace.
  if (input.path === null) {
    const path = join(folders.exports, fileNameOf(`${safeName(run.name)}-${run.id}`, format))
    return { path, overwrite: true }
  }
  const path = join(await files.check(dirname(input.path)), basename(input.path))
  await refuseReplacing(path, format, input.overwrite)
  return { path, overwrite: input.overwrite }
}

async function perform(
  input: ExportInput,
  place: Place,
  options: ExportOptions,
  context: JobContext,
): Promise<ExportResult> {
  const { folders, threads } = options
  const { run, prepared } = trained(options.runs, input.runId)
  const everything = input.from === 'everything'
  const artifact = everything ? await trainForEveryone(run, input.k, options, context) : folders.artifact(run.id)
  const chosen = await chosenFile(input, prepared, options)
  const { selectionId: _, runId: _run, path: _path, overwrite: _over, ...settings } = input
  await mkdir(folders.exports, { recursive: true })
  try {
    const about = await aboutRun(run, input.format, options)
    const job = { settings, about, artifact, prepared: folders.prepared(prepared), chosen }
    const excludeSeen = run.evaluation.exclude_seen
    return await performExport({ ...job, ...place, excludeSeen, threads }, options.runTask, context)
  } finally {
    if (chosen) await rm(chosen, { force: true })
  }
}

/** The users or items of a selection in a file, which a job reads; null for all. */
async function chosenFile(
  { selectionId, format }: ExportInput,
  prepared: string,
  { store, folders, preparedOf }: ExportOptions,
): Promise<string | null> {
  if (selectionId === null) return null
  const selection = await store.selection(selectionId)
  if (selection.of === 'items' && format !== 'similar-items') {
    const message = `${selection.name} is of items; choose a selection of users.`
    throw new TopnError('BAD_REQUEST', message, { field: 'selectionId' })
  }
  const { userIndex, itemIds } = await preparedOf(prepared)
  const ids = await store.selectionIds(selectionId)
  const wanted = new Set(ids)
  const chosen =
    selection.of === 'items'
      ? [...itemIds.keys()].filter((item) => wanted.has(itemIds[item]))
      : ids.flatMap((id) => userIndex(id) ?? [])
  const path = join(folders.temporary, `${randomUUID()}.safetensors`)
  await writeSafetensors(path, { [selection.of]: { shape: [chosen.length], data: Uint32Array.from(chosen).sort() } })
  return path
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
