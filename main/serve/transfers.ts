import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, realpath, rename, rm, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basename, dirname, join, sep } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { TopnError } from '../contract/errors'

export const maximumUploadBytes = 20 * 2 ** 30

/** Streams an upload into the inbox under a name of its own and answers the file's path there. */
export async function receiveUpload(request: IncomingMessage, inbox: string, name: string, limit = maximumUploadBytes) {
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
    await rename(partial, path)
  } finally {
    await rm(partial, { force: true })
  }
  return path
}

/** Sends a file of the exports folder; anything else is said not to exist. */
export async function sendDownload(response: ServerResponse, exportsFolder: string, path: string): Promise<void> {
  const real = await exportedFile(exportsFolder, path)
  const { size } = await stat(real)
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': size,
    'content-disposition': `attachment; filename="${safeName(basename(real))}"`,
  })
  await pipeline(createReadStream(real), response)
}

/** The real path of an export. Throws NOT_FOUND for everything that is not a file of the folder itself. */
export async function exportedFile(exportsFolder: string, path: string): Promise<string> {
  const missing = () => new TopnError('NOT_FOUND', 'There is no such export. Export it again.')
  if (path.includes('\0')) throw missing()
  const [folder, real] = await Promise.all([realpath(exportsFolder), realpath(path)]).catch(() => {
    throw missing()
  })
  // Exports lie in the folder itself, so nothing below or beside it is meant.
  if (dirname(real) + sep !== folder + sep) throw missing()
  return real
}

/** A name that is a plain file name on every system. */
function safeName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^\.+/, '')
  return plain.slice(-100) || 'file'
}

function tooLarge(limit: number): TopnError {
  const gigabytes = Math.round(limit / 2 ** 30)
  return new TopnError(
    'BAD_REQUEST',
    `The file is larger than ${gigabytes} GiB. Open it from the disk of this machine.`,
  )
}
