import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, realpath, rm, rmdir, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basename, dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { TopnError } from '../contract/errors'
import { moveIntoPlace } from '../files/atomic'
import { safeName } from '../files/safe-name'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const maximumUploadBytes = 20 * 2 ** 30

/** What an upload is called, and the files that it came together with. */
export interface UploadName {
  name: string
  /** A UUID that all of them give; null for a file that comes alone. */
  batch: string | null
}

/**
 * Streams an upload into a folder of the inbox, one for each batch, and answers the file's path there; a file that is
 * not whole leaves nothing behind. Throws BAD_REQUEST where it is larger than `limit` bytes or the disk is full.
 */
export async function receiveUpload(
  request: IncomingMessage,
  inbox: string,
  { name, batch }: UploadName,
  limit: number,
): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  const folder = join(inbox, batch !== null && uuid.test(batch) ? batch : randomUUID())
  await mkdir(folder, { recursive: true })
  const own = join(folder, safeName(name))
  const path = existsSync(own) ? join(folder, `${randomUUID()}-${safeName(name)}`) : own
  const partial = `${path}.part`
  let bytes = 0
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(bytes > limit ? tooLarge(limit) : null, chunk)
    },
  })
  try {
    await pipeline(request, counter, createWriteStream(partial, { flags: 'wx' }))
    await moveIntoPlace(partial, path)
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? diskFull() : error
  } finally {
    await rm(partial, { force: true })
    // Only an empty folder goes.
    await rmdir(folder).catch(() => {})
  }
  return path
}

/** Sends a file of the exports folder; anything else is said not to exist. */
export async function sendDownload(response: ServerResponse, exportsFolder: string, path: string): Promise<void> {
  const { real, headers } = await exportedFile(exportsFolder, path)
  response.writeHead(200, headers)
  await pipeline(createReadStream(real), response)
}

/** An export's real path and the headers to send it with. Throws NOT_FOUND for all but a file of the folder itself. */
export async function exportedFile(
  exportsFolder: string,
  path: string,
): Promise<{ real: string; headers: Record<string, string> }> {
  const missing = () => new TopnError('NOT_FOUND', 'There is no such export. Export it again.')
  if (path.includes('\0')) throw missing()
  const [folder, real] = await Promise.all([realpath(exportsFolder), realpath(path)]).catch(() => {
    throw missing()
  })
  const found = await stat(real)
  if (dirname(real) !== folder || !found.isFile()) throw missing()
  const name = encodeURIComponent(safeName(basename(real)))
  return {
    real,
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(found.size),
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
    },
  }
}

function tooLarge(limit: number): TopnError {
  const size = limit < 2 ** 30 ? `${Math.round(limit / 2 ** 20)} MiB` : `${Math.round(limit / 2 ** 30)} GiB`
  return new TopnError('BAD_REQUEST', `The file is larger than ${size}. Open it from the disk of this machine.`)
}

function diskFull(): TopnError {
  return new TopnError('BAD_REQUEST', 'The disk of the workspace is full. Free some space and try again.')
}
