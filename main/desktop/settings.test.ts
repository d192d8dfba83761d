import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSettings, withRecentFile } from './settings'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'topn-settings-'))
  path = join(folder, 'made on demand', 'desktop.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const window = { bounds: { x: 1, y: 2, width: 1300, height: 700 }, isMaximized: true }

test('what was changed is there at the next start, the last change of all', async () => {
  const settings = openSettings(path)
  expect(settings.current).toEqual({ window: null, recentFiles: [] })
  for (let x = 0; x < 20; x++) settings.change({ window: { ...window, bounds: { ...window.bounds, x } } })
  settings.change({ window })
  settings.change({ recentFiles: ['/data/a.csv'] })
  await settings.saved()
  expect(openSettings(path).current).toEqual({ window, recentFiles: ['/data/a.csv'] })
  expect(readdirSync(join(folder, 'made on demand'))).toEqual(['desktop.json'])
})

test.each(['', '{"window":', 'null', '[]'])('a damaged file counts as empty and is replaced: %s', async (content) => {
  path = join(folder, 'desktop.json')
  writeFileSync(path, content)
  const settings = openSettings(path)
  expect(settings.current).toEqual({ window: null, recentFiles: [] })
  settings.change({ window })
  await settings.saved()
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ window, recentFiles: [] })
})

test('a part that is wrong does not take the other along', () => {
  path = join(folder, 'desktop.json')
  writeFileSync(path, JSON.stringify({ window: { ...window, bounds: { x: 'left' } }, recentFiles: ['/data/a.csv'] }))
  expect(openSettings(path).current).toEqual({ window: null, recentFiles: ['/data/a.csv'] })
})

test('where nothing can be written the program goes on', async () => {
  writeFileSync(join(folder, 'file'), '')
  const settings = openSettings(join(folder, 'file', 'desktop.json'))
  settings.change({ window })
  await settings.saved()
  expect(settings.current.window).toEqual(window)
})

test('a file that is opened again moves to the head; the list ends after ten', () => {
  expect(withRecentFile(['a', 'b', 'c'], 'c')).toEqual(['c', 'a', 'b'])
  const ten = Array.from({ length: 10 }, (_, at) => `file ${at}`)
  expect(withRecentFile(ten, 'new')).toEqual(['new', ...ten.slice(0, 9)])
})
