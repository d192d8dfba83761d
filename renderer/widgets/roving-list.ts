import { type FocusEvent, type KeyboardEvent, useState } from 'react'

/** The place that a key leads to from an item of `count`, or null where it leads nowhere. */
export function itemAfter(key: string, at: number, count: number): number | null {
  const places: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }
  const place = places[key]
  return place === undefined || place < 0 || place >= count ? null : place
}

/**
 * A list of which one item alone is in the order of Tab, so that a few presses pass it: up, down, Home and End go from a
 * control to its like in another item, left and right within the item. Controls are marked `data-roving`; those that
 * use up and down themselves, `data-roving="own-keys"`. Answers which item it is, `first` until one was focused, and
 * what the list listens to.
 */
export function useRovingList(first: number) {
  const [focused, setFocused] = useState<number | null>(null)
  return {
    current: focused ?? first,
    onFocus({ currentTarget, target }: FocusEvent<HTMLElement>) {
      const at = itemsOf(currentTarget).findIndex((item) => item.contains(target))
      if (at >= 0) setFocused(at)
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const { altKey, ctrlKey, metaKey, shiftKey } = event
      if (altKey || ctrlKey || metaKey || shiftKey) return
      const wanted = controlAfter(event.key, event.currentTarget, event.target as HTMLElement)
      if (!wanted) return
      event.preventDefault()
      wanted.focus()
    },
  }
}

function controlAfter(key: string, list: HTMLElement, control: HTMLElement): HTMLElement | undefined {
  const items = itemsOf(list)
  const at = items.findIndex((item) => item.contains(control))
  if (at < 0) return undefined
  const beside = controlsOf(items[at])
  const place = beside.indexOf(control)
  if (place < 0) return undefined
  if (key === 'ArrowLeft') return beside[place - 1]
  if (key === 'ArrowRight') return beside[place + 1]
  const next = control.dataset.roving === 'own-keys' ? null : itemAfter(key, at, items.length)
  if (next === null) return undefined
  const there = controlsOf(items[next])
  return place === 0 ? there[0] : there.at(-1)
}

const itemsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>(':scope > li')]
const controlsOf = (item: HTMLElement) => [...item.querySelectorAll<HTMLElement>('[data-roving]')]
