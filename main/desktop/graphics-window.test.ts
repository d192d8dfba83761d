import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import * as electron from './testing/electron'

vi.mock('electron', () => import('./testing/electron'))
const { createGraphicsWindow } = await import('./graphics-window')

/** The port that a job's process holds, and the other one. */
function portsOf() {
  const { port1, port2 } = new electron.MessageChannelMain()
  port1.start()
  return { job: port1, page: port2 as never }
}
const opened = electron.BrowserWindow.opened

test('a page that crashes is opened anew for the next job', async () => {
  const window = createGraphicsWindow('/preload')
  window.connect(portsOf().page)
  await vi.waitUntil(() => opened[0].webContents.posted.length === 1)
  opened[0].webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  expect(opened[0].isOpen).toBe(false)
  window.connect(portsOf().page)
  await vi.waitUntil(() => opened[1].webContents.posted.length === 1)
  window.close()
})

test.each([
  ['does not load', () => {}],
  [
    'crashes before it has loaded',
    () => void opened.at(-1)!.webContents.emit('render-process-gone', {}, { reason: 'oom' }),
  ],
])('of a page that %s the job hears, and its port is closed', async (_, crash) => {
  const window = createGraphicsWindow('/preload')
  const { job, page } = portsOf()
  const [heard, closed] = [once(job, 'message'), once(job, 'close')]
  electron.BrowserWindow.failure = new Error('ERR_FAILED')
  window.connect(page)
  crash()
  electron.BrowserWindow.failure = null
  expect((await heard)[0].data).toEqual({ say: 'missing', reason: 'The window that computes for it has ended.' })
  await closed
  expect(opened.at(-1)!.isOpen).toBe(false)
})
