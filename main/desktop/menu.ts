import { basename } from 'node:path'
import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Texts } from './texts'

/** What the menu sets off. Commands are the page's own, by id. */
export interface MenuActions {
  command(id: string): void
  chooseFile(): void
  openFile(path: string): void
  clearRecent(): void
  restartEngine(): void
  showLogs(): void
}

export interface MenuState {
  recentFiles: readonly string[]
  /** Whether the program runs from its sources. */
  isDevelopment: boolean
}

type Items = MenuItemConstructorOptions[]

const separator: MenuItemConstructorOptions = { type: 'separator' }
const isMac = process.platform === 'darwin'

export function createMenu({ menu: texts }: Texts, state: MenuState, actions: MenuActions): Menu {
  const command = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator && { accelerator }),
    click: () => actions.command(id),
  })
  return Menu.buildFromTemplate([
    ...(isMac ? [{ label: 'TopN', submenu: programItems(texts) }] : []),
    { label: texts.file, submenu: fileItems(texts, state, actions, command) },
    { label: texts.edit, submenu: editItems(texts, command) },
    {
      label: texts.go,
      submenu: [
        command(texts.data, 'goData', 'CmdOrCtrl+1'),
        command(texts.train, 'goTrain', 'CmdOrCtrl+2'),
        command(texts.compare, 'goCompare', 'CmdOrCtrl+3'),
        command(texts.tune, 'goTune', 'CmdOrCtrl+4'),
        command(texts.map, 'goMap', 'CmdOrCtrl+5'),
        command(texts.users, 'goUsers', 'CmdOrCtrl+6'),
        separator,
        command(texts.palette, 'openPalette', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: texts.view,
      submenu: [
        command(texts.theme, 'switchTheme', 'CmdOrCtrl+Shift+L'),
        separator,
        { role: 'resetZoom', label: texts.actualSize },
        { role: 'zoomIn', label: texts.zoomIn },
        { role: 'zoomOut', label: texts.zoomOut },
        { role: 'togglefullscreen', label: texts.fullScreen },
        ...(state.isDevelopment ? [{ role: 'toggleDevTools' as const, label: texts.developerTools }] : []),
      ],
    },
    {
      label: texts.window,
      role: 'window',
      submenu: [
        { role: 'minimize', label: texts.minimize },
        { role: 'close', label: texts.close },
      ],
    },
    {
      label: texts.help,
      role: 'help',
      submenu: [
        command(texts.shortcuts, 'showShortcuts', 'F1'),
        { label: texts.showLogs, click: actions.showLogs },
        { label: texts.restartEngine, accelerator: 'CmdOrCtrl+Alt+R', click: actions.restartEngine },
      ],
    },
  ])
}

/** The program's own menu, which a Mac shows first. */
function programItems(texts: Texts['menu']): Items {
  return [
    { role: 'about', label: texts.about },
    separator,
    { role: 'hide', label: texts.hide },
    { role: 'hideOthers', label: texts.hideOthers },
    { role: 'unhide', label: texts.showAll },
    separator,
    { role: 'quit', label: texts.quit },
  ]
}

function fileItems(
  texts: Texts['menu'],
  { recentFiles }: MenuState,
  actions: MenuActions,
  command: (label: string, id: string, accelerator?: string) => MenuItemConstructorOptions,
): Items {
  const recent = recentFiles.map((path) => ({
    // An ampersand in a label underlines the letter behind it.
    label: basename(path).replaceAll('&', '&&'),
    toolTip: path,
    click: () => actions.openFile(path),
  }))
  return [
    { label: texts.open, accelerator: 'CmdOrCtrl+O', click: actions.chooseFile },
    {
      label: texts.openRecent,
      enabled: recent.length > 0,
      submenu: [...recent, separator, { label: texts.clearRecent, click: actions.clearRecent }],
    },
    command(texts.openWorkspace, 'openWorkspace', 'CmdOrCtrl+Shift+O'),
    ...(isMac ? [] : [separator, { role: 'quit' as const, label: texts.quit, accelerator: 'Ctrl+Q' }]),
  ]
}

/** Undo and redo go to the page, which takes back what was typed while a field has the focus, and steps otherwise. */
function editItems(
  texts: Texts['menu'],
  command: (label: string, id: string, accelerator?: string) => MenuItemConstructorOptions,
): Items {
  return [
    command(texts.undo, 'undo', 'CmdOrCtrl+Z'),
    command(texts.redo, 'redo', 'CmdOrCtrl+Shift+Z'),
    separator,
    { role: 'cut', label: texts.cut },
    { role: 'copy', label: texts.copy },
    { role: 'paste', label: texts.paste },
    { role: 'selectAll', label: texts.selectAll },
  ]
}
