import { expect } from '@playwright/test'
import { test } from './desktop'

test('the page is sandboxed, isolated and without Node', async ({ desktop }) => {
  const { app, page } = desktop
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]
    const given = webContents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
    const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = given.getLastWebPreferences()
    return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag: webviewTag === true }
  })
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
  const names = ['require', 'process', 'module', 'Buffer', 'global']
  expect(await page.evaluate((each) => each.filter((name) => name in globalThis), names)).toEqual([])
  const bridge = await page.evaluate(() => Object.keys((globalThis as unknown as { topn: object }).topn).sort())
  expect(bridge).toEqual(['chooseFile', 'chooseFolder', 'onCommand', 'pathOf', 'requestEnginePort'])
})

test('the page can neither leave its scheme, nor open windows, nor load what is not its own', async ({ desktop }) => {
  const { app, page } = desktop
  const address = page.url()
  for (const url of ['https://example.com/', 'file:///etc/passwd', 'app://other/index.html']) {
    await page.evaluate((target) => {
      location.href = target
    }, url)
  }
  expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull()
  expect(page.url()).toBe(address)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  const fetches = (url: string) =>
    page.evaluate(
      (target) =>
        fetch(target).then(
          (r) => r.status,
          () => 'refused',
        ),
      url,
    )
  expect(await fetches('https://example.com/')).toBe('refused')
  expect(await fetches('file:///etc/passwd')).toBe('refused')
  expect(await fetches('/files/download?path=%2Fetc%2Fpasswd')).toBe(404)
  expect(await fetches('/../../package.json')).toBe(404)
})

test('no permission is given', async ({ desktop }) => {
  const states = await desktop.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[]
    const asked = names.map((name) => navigator.permissions.query({ name }))
    return (await Promise.all(asked)).map(({ state }) => state)
  })
  expect(new Set(states)).toEqual(new Set(['denied']))
})

test('code in strings is not run', async ({ desktop }) => {
  const outcome = await desktop.page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.wasRun = true'
    document.head.append(script)
    return 'wasRun' in globalThis
  })
  expect(outcome).toBe(false)
})
