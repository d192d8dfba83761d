import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App, Session } from 'electron'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDesktopArguments } from './arguments'
import { createProtocolHandler } from './protocol'
import { isExternalAllowed, isTrustedSender, lockDown, pageUrl } from './security'

/** Stands in for the few calls of Electron that the security settings make, and remembers them. */
function createStandIn() {
  type Listener = (...args: unknown[]) => unknown
  const appListeners = new Map<string, Listener>()
  const contentsListeners = new Map<string, Listener>()
  const asked: Record<string, Listener> = {}
  let isSandboxed = false
  const opened: string[] = []
  const app = {
    enableSandbox: () => {
      isSandboxed = true
    },
    on: (name: string, listener: Listener) => appListeners.set(name, listener),
    whenReady: async () => {},
  }
  const session = {
    setPermissionRequestHandler: (handler: Listener) => {
      asked.request = handler
    },
    setPermissionCheckHandler: (handler: Listener) => {
      asked.check = handler
    },
  }
  lockDown(
    app as unknown as App,
    () => session as unknown as Session,
    (url) => opened.push(url),
  )
  const contents = {
    on: (name: string, listener: Listener) => contentsListeners.set(name, listener),
    setWindowOpenHandler: (handler: Listener) => {
      asked.open = handler
    },
  }
  appListeners.get('web-contents-created')?.({}, contents)
  /** Whether the page may do what the event says. */
  const allows = (name: string, url: string) => {
    let isAllowed = true
    const preventDefault = () => {
      isAllowed = false
    }
    contentsListeners.get(name)?.({ preventDefault, url })
    return isAllowed
  }
  return { allows, asked, opened, isSandboxed: () => isSandboxed }
}

describe('the security checklist', () => {
  test('every page is sandboxed', () => {
    expect(createStandIn().isSandboxed()).toBe(true)
  })

  test('no permission is given, asked for or checked', async () => {
    const { asked } = createStandIn()
    await Promise.resolve()
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal']) {
      let decision: unknown
      asked.request({}, permission, (given: boolean) => {
        decision = given
      })
      expect(decision).toBe(false)
      expect(asked.check({}, permission)).toBe(false)
    }
  })

  test.each(['will-navigate', 'will-redirect'])('%s leads nowhere but to the page itself', (event) => {
    const { allows } = createStandIn()
    expect(allows(event, pageUrl)).toBe(true)
    for (const url of [
      'https://example.com',
      'file:///etc/passwd',
      'app://other/index.html',
      'data:text/html,x',
      'about:blank',
    ]) {
      expect(allows(event, url)).toBe(false)
    }
  })

  test('no webview is attached', () => {
    expect(createStandIn().allows('will-attach-webview', pageUrl)).toBe(false)
  })

  test('no window is opened; known https addresses go to the system', () => {
    const { asked, opened } = createStandIn()
    for (const url of [
      'https://github.com/x',
      'http://github.com/x',
      'https://evil.example',
      'file:///x',
      'javascript:x',
      '',
    ]) {
      expect(asked.open({ url })).toEqual({ action: 'deny' })
    }
    expect(opened).toEqual(['https://github.com/x'])
    expect(isExternalAllowed('https://github.com.evil.example/')).toBe(false)
  })

  test('messages count from the top frame of the page alone', () => {
    const frame = (url: string, parent: unknown = null) => ({ senderFrame: { url, parent } })
    expect(isTrustedSender(frame(pageUrl))).toBe(true)
    expect(isTrustedSender(frame('https://example.com/'))).toBe(false)
    expect(isTrustedSender(frame('app://topn.evil/index.html'))).toBe(false)
    expect(isTrustedSender(frame(''))).toBe(false)
    expect(isTrustedSender(frame(pageUrl, {}))).toBe(false)
    expect(isTrustedSender({ senderFrame: null })).toBe(false)
  })
})

describe('the own scheme', () => {
  const folder = mkdtempSync(join(tmpdir(), 'topn-desktop-'))
  let handle: ReturnType<typeof createProtocolHandler>
  let open = ''
  beforeAll(() => {
    mkdirSync(join(folder, 'renderer'))
    mkdirSync(join(folder, 'exports'))
    writeFileSync(join(folder, 'renderer', 'index.html'), 'page')
    writeFileSync(join(folder, 'exports', 'a.parquet'), 'PAR1')
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    handle = createProtocolHandler(join(folder, 'renderer'), () => join(folder, open, 'exports'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const get = (url: string, method = 'GET') => handle({ url, method })

  test('serves the page with the policy', async () => {
    const answer = await get(pageUrl)
    expect(await answer.text()).toBe('page')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.headers.get('content-type')).toMatch(/html/)
  })

  test('serves exports, and no file beside them', async () => {
    const download = (path: string) => get(`app://topn/files/download?path=${encodeURIComponent(path)}`)
    expect(await (await download(join(folder, 'exports', 'a.parquet'))).text()).toBe('PAR1')
    expect((await download(join(folder, 'secret.txt'))).status).toBe(404)
    expect((await download(`${join(folder, 'exports')}/../secret.txt`)).status).toBe(404)
  })

  test('serves the exports of the workspace that is open by then', async () => {
    const films = join(folder, 'exports', 'a.parquet')
    const books = join(folder, 'books', 'exports', 'b.parquet')
    mkdirSync(join(folder, 'books', 'exports'), { recursive: true })
    writeFileSync(books, 'PAR1')
    const status = async (path: string) =>
      (await get(`app://topn/files/download?path=${encodeURIComponent(path)}`)).status
    expect([await status(films), await status(books)]).toEqual([200, 404])
    open = 'books'
    expect([await status(films), await status(books)]).toEqual([404, 200])
    open = ''
  })

  test.each([
    'app://topn/../secret.txt',
    'app://topn/%2e%2e/secret.txt',
    'app://topn/..%5csecret.txt',
    'app://topn/C:/secret.txt',
    'app://topn/index.html%00',
    'app://other/index.html',
    'app://topn:1/index.html',
  ])('refuses %s', async (url) => {
    expect([403, 404]).toContain((await get(url)).status)
  })

  test('refuses other methods', async () => {
    expect((await get(pageUrl, 'POST')).status).toBe(403)
  })
})

describe('arguments', () => {
  test('a file and a workspace are taken from the folder of the call', () => {
    expect(readDesktopArguments(['ratings.csv', '--workspace', 'films'], '/data')).toEqual({
      file: '/data/ratings.csv',
      workspace: '/data/films',
    })
  })

  test("Chromium's switches are left alone, and no workspace is no workspace", () => {
    const found = readDesktopArguments(['--no-sandbox', '--enable-features=x', '/a b.csv'], '/data')
    expect(found).toEqual({ file: '/a b.csv', workspace: null })
  })

  test('a file may be handed over as an address, as Linux desktops do', () => {
    expect(readDesktopArguments(['file:///films/a%20b.csv'], '/data').file).toBe('/films/a b.csv')
  })
})
