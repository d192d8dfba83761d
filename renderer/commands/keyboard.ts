import { useEffect, useRef } from 'react'
import type { CommandState } from './command'
import { isMac } from './platform'
import { commandOf, type Entry } from './registry'
import { matchStrokes, type Shortcut, strokeOf } from './shortcuts'
import { readState } from './state'

const pauseMilliseconds = 1500

/** Listens for the shortcuts anywhere in the window. */
export function useKeyboard(run: (entry: Pick<Entry, 'command' | 'target'>, state: CommandState) => void): void {
  const runNow = useRef(run)
  runNow.current = run
  useEffect(() => {
    let strokes: { text: string; at: number }[] = []
    function listen(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || event.repeat) return
      const text = strokeOf(event, isMac)
      if (text === null) return
      const found = nextMatch(text, event.timeStamp)
      if (found === null || !mayRun(found, event.target)) return
      event.preventDefault()
      runShortcut(found)
    }
    /** The shortcut that the stroke completes; one that it only begins is waited for. */
    function nextMatch(text: string, at: number): Shortcut | null {
      const last = strokes.at(-1)
      const before = last && at - last.at < pauseMilliseconds ? strokes : []
      for (const tried of [[...before, { text, at }], [{ text, at }]]) {
        const match = matchStrokes(tried.map((stroke) => stroke.text))
        if (match === null) continue
        strokes = match === 'waiting' ? tried : []
        return match === 'waiting' ? null : match
      }
      strokes = []
      return null
    }
    function runShortcut({ command: id }: Shortcut) {
      const command = commandOf(id)
      const state = readState()
      const isAvailable = !command.targets && (command.isAvailable?.(state) ?? true)
      if (isAvailable) runNow.current({ command, target: null }, state)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}

/** Not while text is written, nor behind a dialog. */
function mayRun({ whileTyping }: Shortcut, target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"][aria-modal="true"]')) return false
  return whileTyping === true || !isTextField(target)
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  const withoutText = ['button', 'checkbox', 'radio', 'range', 'file', 'submit', 'reset', 'color', 'image']
  return target instanceof HTMLInputElement && !withoutText.includes(target.type)
}
