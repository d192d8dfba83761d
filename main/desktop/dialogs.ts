import { type BaseWindow, dialog } from 'electron'
import type { Texts } from './texts'

type Choice = 'startAgain' | 'showLog' | 'quit'

/** The system's open dialog: the chosen path, or null. A folder may be made in it. */
export async function choosePath(window: BaseWindow, kind: 'file' | 'folder'): Promise<string | null> {
  const properties: ('openFile' | 'openDirectory' | 'createDirectory')[] =
    kind === 'file' ? ['openFile'] : ['openDirectory', 'createDirectory']
  const { filePaths } = await dialog.showOpenDialog(window, { properties })
  return filePaths[0] ?? null
}

/** Asks whether work under way may be cancelled; `end` says what for. */
export function mayCancel(window: BaseWindow, texts: Texts, titles: readonly string[], end: string): boolean {
  const shown = titles.length > 5 ? [...titles.slice(0, 5), '...'] : titles
  const pressed = dialog.showMessageBoxSync(window, {
    type: 'question',
    message: texts.busy(shown),
    detail: texts.busyDetail,
    buttons: [texts.keepWorking, end],
    defaultId: 0,
    cancelId: 0,
  })
  return pressed === 1
}

/** Says that the engine ended by itself, and where its log is. */
export function askAfterCrash(texts: Texts, code: number, logs: string): Choice {
  const choices: Choice[] = ['startAgain', 'showLog', 'quit']
  const pressed = dialog.showMessageBoxSync({
    type: 'error',
    message: texts.engineEnded(code),
    detail: texts.engineLog(logs),
    buttons: choices.map((choice) => texts[choice]),
    defaultId: 0,
    cancelId: 2,
  })
  return choices[pressed]
}

/** Says that a second start asked for a workspace that is not the open one. */
export function sayOtherWorkspace(window: BaseWindow, texts: Texts, open: string, wanted: string): void {
  void dialog.showMessageBox(window, {
    type: 'info',
    message: texts.otherWorkspace(wanted),
    detail: texts.otherWorkspaceDetail(open),
  })
}
