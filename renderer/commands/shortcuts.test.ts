import { describe, expect, test } from 'vitest'
import { matchStrokes, type Stroke, shortcuts, strokeOf } from './shortcuts'

const stroke = (key: string, changes: Partial<Stroke> = {}): Stroke => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...changes,
})

describe('strokes', () => {
  test('are written as shortcuts are', () => {
    expect(strokeOf(stroke('k', { ctrlKey: true }), false)).toBe('mod+k')
    expect(strokeOf(stroke('k', { metaKey: true }), true)).toBe('mod+k')
    expect(strokeOf(stroke('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('mod+shift+z')
    expect(strokeOf(stroke('?', { shiftKey: true }), false)).toBe('?')
    expect(strokeOf(stroke('Enter', { ctrlKey: true }), false)).toBe('mod+enter')
  })

  test('of other systems, of AltGr, and of Shift alone are none', () => {
    expect(strokeOf(stroke('k', { ctrlKey: true }), true)).toBe(null)
    expect(strokeOf(stroke('k', { metaKey: true }), false)).toBe(null)
    expect(strokeOf(stroke('€', { ctrlKey: true, altKey: true }), false)).toBe(null)
    expect(strokeOf(stroke('Shift', { shiftKey: true }), false)).toBe(null)
  })

  test('on a keyboard of another script count by their place', () => {
    expect(strokeOf(stroke('п', { code: 'KeyG' }), false)).toBe('g')
    expect(strokeOf(stroke('z', { code: 'KeyY' }), false)).toBe('z')
  })
})

describe('shortcuts', () => {
  test('match whole, wait for the rest of a sequence, and refuse others', () => {
    expect(matchStrokes(['mod+k'])).toMatchObject({ command: 'openPalette' })
    expect(matchStrokes(['g'])).toBe('waiting')
    expect(matchStrokes(['g', 't'])).toMatchObject({ command: 'goTrain' })
    expect(matchStrokes(['g', 'x'])).toBe(null)
    expect(matchStrokes(['d'])).toBe(null)
  })

  test('are unique, and none is the beginning of another', () => {
    const keys = shortcuts.map((shortcut) => shortcut.keys)
    expect(new Set(keys).size).toBe(keys.length)
    for (const one of keys) expect(keys.filter((other) => other.startsWith(`${one} `))).toEqual([])
  })

  test('of a single key never work while text is written', () => {
    for (const { keys, whileTyping } of shortcuts)
      if (!keys.startsWith('mod+')) expect(whileTyping, keys).not.toBe(true)
  })
})
