import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, realpath, rm, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basename, dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { TopnError } from '../contract/errors'
import { moveIntoPlace } from '../files/atomic'

export const maximumUploadBytes = 20 * 2 ** 30

/**
 * Streams an upload into the inbox under a name of its own and answers the file's path there; a file that is not whole
 * leaves nothing behind. Throws BAD_REQUEST where it is larger than `limit` bytes or the disk is full.
 */
export async function receiveUpload(
  request: IncomingMessage,
  inbox: string,
  name: string,
  limit: number,
): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  await mkdir(inbox, { recursive: true })
  const path = join(inbox, `${randomUUID().slice(0, 8)}-${safeName(name)}`)
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

/** Letters, digits, `.`, `_` and `-` of the name, in any script: a plain file name on every system. */
export function safeName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '_').replace(/^\.+/, '')
  // File systems take 255 bytes; a letter may need four.
  return [...plain].slice(-55).join('') || 'file'
}

function tooLarge(limit: number): TopnError {
  const size = limit < 2 ** 30 ? `${Math.round(limit / 2 ** 20)} MiB` : `${Math.round(limit / 2 ** 30)} GiB`
  return new TopnError('BAD_REQUEST', `The file is larger than ${size}. Open it from the disk of this machine.`)
}

function diskFull(): TopnError {
  return new TopnError('BAD_REQUEST', 'The disk of the workspace is full. Free some space and try again.')
}
