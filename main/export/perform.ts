import { randomUUID } from 'node:crypto'
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { TopnError } from '../contract/errors'
import type { ExportProof, ExportResult } from '../contract/exports'
import { moveIntoPlace, writeFileAtomic } from '../files/atomic'
import { sha256OfFile } from '../files/sha256'
import { writeZip } from '../files/zip'
import type { ExportTask } from '../training/export-tasks'
import type { TaskRunner } from '../training/processes'
import { noProgress } from '../training/progress'
import type { TaskContext } from '../training/tasks'
import { explainWriting } from './explain-writing'
import { writeJson } from './formats/card'
import type { ExportFormat } from './formats/format'
import { findFormat } from './formats/registry'

/** `path` of a folder that ends with .zip makes one file of it. */
export interface ExportJob extends Omit<ExportTask, 'kind' | 'folder' | 'expected'> {
  overwrite: boolean
  /** Writes more files into the folder before the format's own. */
  prepare?(folder: string): Promise<void>
}

/** What a folder that was exported has in it: its files with their fingerprints. */
const manifestName = 'export.json'

/**
 * Writes an export beside its place under another name, reads it back in a second process, and renames it: what is there
 * under the final name is whole and proved, or what was there before.
 */
export async function performExport(job: ExportJob, runTask: TaskRunner, context: TaskContext): Promise<ExportResult> {
  const format = findFormat(job.settings.format)
  const { path } = job
  await refuseReplacing(path, format, job.overwrite)
  const working = `${path}.${randomUUID()}.part`
  try {
    await mkdir(join(working, 'files'), { recursive: true })
    const folder = join(working, 'files')
    await job.prepare?.(folder)
    const proof = await writeAndProve(job, format, { working, folder }, runTask, context)
    context.signal.throwIfAborted()
    context.report({ ...noProgress, phase: 'write', fraction: 0.95 })
    await putInPlace(job, format, { working, folder }, proof, context.signal)
    return { path, bytes: await bytesOf(path), proof }
  } catch (error) {
    throw explainWriting(error, path)
  } finally {
    await rm(working, { recursive: true, force: true })
  }
}

/** Throws EXISTS where something is in the place and may not be replaced, or is no export. */
export async function refuseReplacing(path: string, format: ExportFormat, overwrite: boolean): Promise<void> {
  const isFolder = isFolderFormat(format, path)
  await refuseAt(path, isFolder, overwrite)
  if (hasProofBeside(format)) await refuseAt(proofPath(path), false, overwrite)
}

async function refuseAt(path: string, isFolder: boolean, overwrite: boolean): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found) return
  if (!overwrite) {
    const message = `There is something at ${path} already. Choose another name, or let it be replaced.`
    throw new TopnError('EXISTS', message, { file: path })
  }
  const fits = isFolder ? found.isDirectory() && (await isExport(path)) : found.isFile()
  if (fits) return
  const message = `${path} holds something else than an export, so it is not replaced. Choose another name.`
  throw new TopnError('BAD_REQUEST', message, { file: path })
}

/** A folder is replaced only where it is empty or was exported. */
async function isExport(path: string): Promise<boolean> {
  const names = await readdir(path)
  return names.length === 0 || names.includes(manifestName)
}

const isFolderFormat = ({ extension }: ExportFormat, path: string) => extension === null && !path.endsWith('.zip')

const isProved = ({ reread, tables }: ExportFormat) => Boolean(reread ?? tables)
const hasProofBeside = (format: ExportFormat) => format.extension !== null && isProved(format)
const proofPath = (path: string) => `${path}.proof.json`

interface Places {
  working: string
  folder: string
}

async function writeAndProve(
  job: ExportJob,
  format: ExportFormat,
  { working, folder }: Places,
  runTask: TaskRunner,
  { report, signal }: TaskContext,
): Promise<ExportProof | null> {
  const { settings, about, artifact, prepared, chosen, excludeSeen, threads, path } = job
  const expected = isProved(format) ? join(working, 'expected') : null
  const share = (from: number, to: number): TaskContext => ({
    signal,
    report: (progress) => report({ ...progress, fraction: from + (progress.fraction ?? 0) * (to - from) }),
  })
  const given = { settings, about, artifact, prepared, chosen, excludeSeen, threads, path }
  await runTask({ kind: 'export', ...given, folder, expected }, share(0, 0.7))
  if (expected === null) return null
  return runTask({ kind: 'prove', format: settings.format, artifact, prepared, folder, expected }, share(0.7, 0.9))
}

async function putInPlace(
  { path, overwrite, settings }: ExportJob,
  format: ExportFormat,
  { working, folder }: Places,
  proof: ExportProof | null,
  signal: AbortSignal,
): Promise<void> {
  if (format.extension === null) {
    if (proof) await writeJson(folder, 'proof.json', proof)
    await writeManifest(folder, settings.format)
  }
  await refuseReplacing(path, format, overwrite)
  if (isFolderFormat(format, path)) return replaceFolder(folder, path, join(working, 'old'))
  if (format.extension === null) {
    const archive = join(working, 'archive.zip')
    const names = await filesIn(folder)
    await writeZip(
      archive,
      names.map((name) => ({ name, path: join(folder, ...name.split('/')) })),
      signal,
    )
    return moveIntoPlace(archive, path)
  }
  const [name] = await readdir(folder)
  if (proof) await writeFileAtomic(proofPath(path), Buffer.from(`${JSON.stringify(proof, null, 2)}\n`))
  await moveIntoPlace(join(folder, name), path).catch(async (error) => {
    // It proves nothing that is there.
    if (proof) await rm(proofPath(path), { force: true })
    throw error
  })
}

async function writeManifest(folder: string, format: string): Promise<void> {
  const files: Record<string, { bytes: number; sha256: string }> = {}
  for (const name of await filesIn(folder)) files[name] = await sha256OfFile(join(folder, name))
  await writeJson(folder, manifestName, { format, files })
}

/** Names of all files below a folder, with `/` between. */
async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found.filter((entry) => entry.isFile())
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/')).sort()
}

async function replaceFolder(folder: string, path: string, old: string): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  )
  if (exists) await rename(path, old)
  await rename(folder, path).catch(async (error) => {
    if (exists) await rename(old, path)
    throw error
  })
}

async function bytesOf(path: string): Promise<number> {
  const found = await stat(path)
  if (found.isFile()) return found.size
  const sizes = await Promise.all((await filesIn(path)).map(async (name) => (await stat(join(path, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** The name that an export gets where nobody has given one. */
export function fileNameOf(name: string, { id, extension }: ExportFormat): string {
  return `${name}-${id}.${extension ?? 'zip'}`
}
