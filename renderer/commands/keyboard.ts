import { useEffect, useRef } from 'react'
import { host } from '../api'
import type { CommandId } from './command'
import { isMac } from './platform'
import { isCommandId } from './registry'
import { matchStrokes, type Shortcut, strokeOf } from './shortcuts'

const pauseMilliseconds = 1500

/** Listens for the shortcuts anywhere in the window, and for the window's own menu. */
export function useKeyboard(run: (id: CommandId) => void): void {
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
      runNow.current(found.command)
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
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  useEffect(() => {
    return host.onCommand?.((id) => {
      const isOfText = (id === 'undo' || id === 'redo') && isTextField(document.activeElement)
      if (isOfText) document.execCommand(id)
      else if (isCommandId(id)) runNow.current(id)
    })
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
