import { expect, test, vi } from 'vitest'
import { en } from '../../renderer/locales/en'
import { createMenu, type MenuActions } from './menu'
import type { MenuEntry } from './testing/electron'
import { textsFor } from './texts'

vi.mock('electron', () => import('./testing/electron'))

function itemsOf(locale: string, isDevelopment = false) {
  const commands: string[] = []
  const actions: MenuActions = {
    command: (id) => commands.push(id),
    chooseFile() {},
    openFile() {},
    clearRecent() {},
    restartEngine() {},
    showLogs() {},
  }
  const menu = createMenu(textsFor(locale), { recentFiles: ['/data/a.csv'], isDevelopment }, actions)
  const flatten = (entries: MenuEntry[]): MenuEntry[] =>
    entries.flatMap((entry) => [entry, ...flatten(entry.submenu ?? [])])
  return { items: flatten(menu as unknown as MenuEntry[]), commands }
}

test("every command of the menu is one of the page's", () => {
  const { items, commands } = itemsOf('en')
  for (const { click } of items) click?.()
  expect(commands).toEqual(expect.arrayContaining(['goData', 'goTrain', 'undo', 'redo', 'switchTheme', 'openPalette']))
  for (const id of commands) expect(Object.keys(en.commands.of)).toContain(id)
})

test('no accelerator is given twice', () => {
  const accelerators = itemsOf('en').items.flatMap(({ accelerator }) => accelerator ?? [])
  expect(accelerators.length).toBeGreaterThan(10)
  expect(new Set(accelerators).size).toBe(accelerators.length)
})

test('a Chinese system shows a menu without English, names aside', () => {
  for (const locale of ['zh', 'zh-CN', 'zh-TW']) {
    const labels = itemsOf(locale, true).items.flatMap(({ label, type }) => (type === 'separator' ? [] : [label ?? '']))
    expect(labels).not.toContain('')
    for (const label of labels.filter((label) => label !== 'a.csv' && label !== 'TopN')) {
      expect(label).toMatch(/\p{Script=Han}/u)
    }
  }
  expect(itemsOf('de').items[0].label).toBe(itemsOf('en').items[0].label)
})

test('developer tools belong to development', () => {
  const roles = (isDevelopment: boolean) => itemsOf('en', isDevelopment).items.map(({ role }) => role)
  expect(roles(true)).toContain('toggleDevTools')
  expect(roles(false)).not.toContain('toggleDevTools')
})
