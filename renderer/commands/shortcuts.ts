import type { CommandId } from './command'

/** A key, or keys one after another; `mod` is Ctrl, and Cmd on a Mac. */
export interface Shortcut {
  command: CommandId
  keys: string
  /** Works while text is written, too. */
  whileTyping?: boolean
}

/** Every shortcut of the workbench. */
export const shortcuts: readonly Shortcut[] = [
  { command: 'openPalette', keys: 'mod+k', whileTyping: true },
  { command: 'showShortcuts', keys: '?' },
  { command: 'goData', keys: 'g d' },
  { command: 'goTrain', keys: 'g t' },
  { command: 'goCompare', keys: 'g c' },
  { command: 'goTune', keys: 'g s' },
  { command: 'goMap', keys: 'g m' },
  { command: 'goUsers', keys: 'g u' },
  { command: 'openFile', keys: 'mod+o' },
  { command: 'startTraining', keys: 'mod+enter' },
  { command: 'findUser', keys: '/' },
  { command: 'undo', keys: 'mod+z' },
  { command: 'redo', keys: 'mod+shift+z' },
  { command: 'showNotices', keys: 'g n' },
]

export function shortcutOf(command: CommandId): string | null {
  return shortcuts.find((shortcut) => shortcut.command === command)?.keys ?? null
}

/** What is read of a keyboard event. */
export type Stroke = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** A stroke as shortcuts are written; null for one that no shortcut has, such as Shift alone. */
export function strokeOf(stroke: Stroke, isMac: boolean): string | null {
  const { ctrlKey, metaKey, altKey, shiftKey } = stroke
  const mod = isMac ? metaKey : ctrlKey
  if (altKey || (isMac ? ctrlKey : metaKey)) return null
  const key = latinKey(stroke).toLowerCase()
  if (['shift', 'control', 'meta', 'process', 'dead', ' '].includes(key)) return null
  return mod ? `mod+${shiftKey ? 'shift+' : ''}${key}` : key
}

/** On a keyboard of another script, the Latin letter at the key's place. */
function latinKey({ key, code }: Stroke): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  return letter && key.length === 1 && key > '\u007f' ? letter : key
}

/** The shortcut that the strokes so far make, `waiting` where one begins with them. */
export function matchStrokes(strokes: readonly string[]): Shortcut | 'waiting' | null {
  const written = strokes.join(' ')
  const found = shortcuts.find(({ keys }) => keys === written)
  if (found) return found
  return shortcuts.some(({ keys }) => keys.startsWith(`${written} `)) ? 'waiting' : null
}
