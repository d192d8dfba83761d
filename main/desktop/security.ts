import type { App, Session, WebContents } from 'electron'

/** The page's own scheme and host: nothing else is ever loaded or listened to. */
export const pageOrigin = 'app://topn'
export const pageUrl = `${pageOrigin}/index.html`

/** Scheme and host, or null where it is no address. `URL.origin` is `null` for schemes that are not the web's own. */
export function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}

/** Addresses that may be handed to the system's browser. */
const externalHosts = new Set(['github.com', 'www.electronjs.org'])

/** Whether a message comes from the page itself: its top frame, on its own origin. */
export function isTrustedSender(event: { senderFrame: { url: string; parent: unknown } | null }): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && originOf(frame.url) === pageOrigin
}

/** Whether a link may be opened in the system's browser. */
export function isExternalAllowed(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' && externalHosts.has(hostname)
}

/** Denies every page all that the workbench never does: permissions, other pages, windows, webviews. */
export function lockDown(app: App, session: () => Session, openExternal: (url: string) => void): void {
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => restrict(contents, openExternal))
  void app.whenReady().then(() => {
    session().setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
    session().setPermissionCheckHandler(() => false)
  })
}

function restrict(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>, openExternal: (url: string) => void) {
  const denyOther = (event: { preventDefault(): void; url: string }) => {
    if (originOf(event.url) !== pageOrigin) event.preventDefault()
  }
  contents.on('will-navigate', denyOther)
  contents.on('will-redirect', denyOther)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalAllowed(url)) openExternal(url)
    return { action: 'deny' }
  })
}
