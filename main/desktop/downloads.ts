import { join } from 'node:path'
import type { Session } from 'electron'
import { originOf, pageOrigin } from './security'

/** Lets the user choose where an export of the page is saved; downloads of anything else are refused. */
export function followDownloads(
  session: Pick<Session, 'on'>,
  options: { title: string; folder: string; onFailure(name: string): void },
): void {
  session.on('will-download', (event, item) => {
    if (!isOfPage(item.getURL())) return event.preventDefault()
    const name = item.getFilename()
    item.setSaveDialogOptions({ title: options.title, defaultPath: join(options.folder, name) })
    item.once('done', (_event, state) => {
      if (state === 'interrupted') options.onFailure(name)
    })
  })
}

/** Files of the page's own scheme, and what the page made itself. */
function isOfPage(url: string): boolean {
  return originOf(url) === pageOrigin || url.startsWith(`blob:${pageOrigin}/`)
}
