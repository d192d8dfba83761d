import { access } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { fromPlainError, TopnError } from '../contract/errors'
import {
  type CompressionPreview,
  type ExportResult,
  type ExportSettings,
  exportFormats,
  exportSettings,
  listShapes,
  precisions,
} from '../contract/exports'
import { topnVersion } from '../engine/workspace'
import { findFormat } from '../export/formats/registry'
import { performExport } from '../export/perform'
import { type FolderRun, findRun } from '../export/run-folder'
import { forkJob } from '../link/process'
import { findModel } from '../models/registry'
import { createTaskRunner } from '../training/processes'
import { readArguments, wholeNumber } from './arguments'
import type { Command } from './commands'
import { jobEntry, openEngine, showProgress, until } from './engine'
import { memoryLimit } from './recommend'
import { formatTable } from './table'

const usage = `export --run DIR [--model ID] (--format ${exportFormats.join('|')} --out PATH | --preview) [--overwrite] [-k 10] [--shape ${listShapes.join('|')}] [--all] [--precision ${precisions.join('|')}] [--prune 0..0.99] [--original-ids] [--language en|zh] [--json]`

export const exportRun: Command = {
  usage,
  meaning:
    "Write a trained run in another format and read it back: a model, its vectors or lists, its data, a report, or all that repeats it. DIR is a folder that run wrote, or a workspace; ID a run or a model. --all makes lists from all data. --preview writes nothing: it says what each precision, with --prune, makes of a model's size, speed and NDCG@10.",
  async run(args) {
    const { values } = readArguments(usage, args, {
      run: { type: 'string' },
      model: { type: 'string' },
      format: { type: 'string' },
      preview: { type: 'boolean' },
      out: { type: 'string' },
      overwrite: { type: 'boolean' },
      k: { type: 'string', short: 'k' },
      shape: { type: 'string' },
      all: { type: 'boolean' },
      precision: { type: 'string' },
      prune: { type: 'string' },
      'original-ids': { type: 'boolean' },
      language: { type: 'string' },
      json: { type: 'boolean' },
    })
    const { run, out, format } = values
    if (values.preview && run !== undefined) {
      const { prune } = checkSettings({ format: 'safetensors', compression: compressionOf(values) }).compression
      const preview = await previewCompression(await findRun(run, values.model), prune)
      return console.log(values.json ? JSON.stringify(preview) : describePreview(preview))
    }
    if (run === undefined || out === undefined || format === undefined) {
      throw new TopnError('BAD_REQUEST', `Name --run, and --format and --out or --preview. Usage: topn ${usage}`)
    }
    const settings = checkSettings({
      format,
      k: wholeNumber('-k', values.k, 10, 1, 1000),
      ...(values.language && { language: values.language }),
      ...(values.shape && { shape: values.shape }),
      from: values.all ? 'everything' : 'run',
      originalIds: values['original-ids'] ?? false,
      compression: compressionOf(values),
    })
    const found = await findRun(run, values.model)
    const request = { settings, path: resolve(out), overwrite: values.overwrite ?? false }
    const result = (await isWorkspace(run)) ? await byEngine(run, found, request) : await byItself(found, request)
    console.log(values.json ? JSON.stringify(result) : describe(result))
  },
}

const compressionOf = ({ precision, prune }: { precision?: string; prune?: string }) => ({
  ...(precision && { precision }),
  ...(prune && { prune: Number(prune) }),
})

function previewCompression({ artifact, prepared }: FolderRun, prune = 0): Promise<CompressionPreview> {
  const runTask = createTaskRunner(() => forkJob(jobEntry), memoryLimit())
  const task = { kind: 'preview-compression', artifact, prepared, prune, threads: availableParallelism() } as const
  return runTask(task, { signal: new AbortController().signal, report() {} })
}

function describePreview({ users, outcomes }: CompressionPreview): string {
  const rows = outcomes.map(({ precision, prune, bytes, millisecondsPerUser, ndcg }) => [
    prune === 0 ? precision : `${precision}, ${Math.round(prune * 100)} % pruned`,
    bytes,
    millisecondsPerUser,
    ndcg,
    (ndcg - outcomes[0].ndcg).toFixed(4),
  ])
  const table = formatTable(['numbers', 'bytes', 'ms a user', 'ndcg@10', 'change'], rows)
  return `${table}\nOf ${users} users of the test part.`
}

interface Request {
  settings: ExportSettings
  path: string
  overwrite: boolean
}

function checkSettings(input: unknown): ExportSettings {
  const result = v.safeParse(v.strictObject(exportSettings), input)
  if (result.success) return result.output
  const [{ path = [], message }] = result.issues
  const option = String(path.at(-1)?.key ?? 'format')
  throw new TopnError('BAD_REQUEST', `--${option}: ${message}. Usage: topn ${usage}`, { field: option })
}

function isWorkspace(folder: string): Promise<boolean> {
  return access(join(folder, 'topn.duckdb')).then(
    () => true,
    () => false,
  )
}

/** A workspace says what its runs and data are called, and what repeats them. */
async function byEngine(
  folder: string,
  { manifest }: FolderRun,
  { settings, ...place }: Request,
): Promise<ExportResult> {
  const engine = await openEngine({ workspace: resolve(folder), threads: 0 })
  const stop = showProgress(engine.client)
  try {
    const { client } = engine
    const job = await client.call('exports.start', { runId: manifest.runId, ...settings, ...place })
    return await until(client, async () => {
      const record = (await client.call('jobs.list', {})).find(({ id }) => id === job.id)
      if (record?.error) throw fromPlainError(record.error)
      return client.call('exports.results', { jobId: job.id })
    })
  } finally {
    stop()
    await engine.close()
  }
}

/** A folder that was copied out of its workspace has what most formats need. */
async function byItself({ manifest, artifact, prepared }: FolderRun, request: Request): Promise<ExportResult> {
  const { format, from } = request.settings
  const model = findModel(manifest.model)
  const reason =
    findFormat(format).refusal(model) ?? (from === 'everything' ? 'Name its workspace to train once more.' : null)
  if (reason) throw new TopnError('BAD_REQUEST', reason, { field: 'format' })
  const about = { run: model.name, dataset: 'its data', version: topnVersion, pseudonymised: [], experiment: null }
  const excludeSeen = manifest.evaluation?.exclude_seen ?? true
  const job = { ...request, about, artifact, prepared, chosen: null, excludeSeen, threads: availableParallelism() }
  const runTask = createTaskRunner(() => forkJob(jobEntry), memoryLimit())
  return performExport(job, runTask, { signal: new AbortController().signal, report() {} })
}

function describe({ path, bytes, proof }: ExportResult): string {
  const written = `${path}: ${bytes} bytes`
  if (!proof) return written
  const { users, histories, rows, largestDifference, topAgreement, by } = proof
  if (rows !== undefined) {
    return `${written}\nRead back by ${by}: ${rows} rows, of which those of ${users} users or items were compared, largest difference ${largestDifference.toExponential(1)}.`
  }
  return `${written}\nRead back by ${by}: ${users} users and ${histories} unseen histories scored again, largest difference ${largestDifference.toExponential(1)}, ${Math.round(topAgreement * 100)} % of the ten best alike.`
}
