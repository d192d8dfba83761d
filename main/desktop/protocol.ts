import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { securityHeaders } from '../serve/headers'
import { readStaticFiles } from '../serve/static-files'
import { exportedFile } from '../serve/transfers'
import { originOf, pageOrigin } from './security'

/**
 * Answers the page's requests: a fixed map of files, and exports of the workspace that is open by then; everything else
 * is not found.
 */
export function createProtocolHandler(rendererFolder: string, exportsFolder: () => string) {
  const files = readStaticFiles(rendererFolder)
  const headers = securityHeaders([])
  return async (request: Pick<Request, 'url' | 'method'>): Promise<Response> => {
    const url = new URL(request.url)
    if (originOf(request.url) !== pageOrigin || request.method !== 'GET') return refuse(403, headers)
    const file = files.get(url.pathname)
    if (file) return new Response(new Uint8Array(file.content), { headers: { ...headers, 'content-type': file.type } })
    if (url.pathname !== '/files/download') return refuse(404, headers)
    return download(exportsFolder(), url.searchParams.get('path') ?? '', headers)
  }
}

async function download(folder: string, path: string, headers: Record<string, string>): Promise<Response> {
  try {
    const exported = await exportedFile(folder, path)
    const content = Readable.toWeb(createReadStream(exported.real)) as ReadableStream<Uint8Array>
    return new Response(content, { headers: { ...headers, ...exported.headers } })
  } catch {
    return refuse(404, headers)
  }
}

function refuse(status: number, headers: Record<string, string>): Response {
  return new Response('There is nothing at this address.', { status, headers })
}
