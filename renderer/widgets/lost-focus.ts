import { type RefObject, useEffect, useRef } from 'react'

/** The element takes the focus when it appears, where what had it is gone. */
export function useLostFocus<E extends HTMLElement>(isWanted = true): RefObject<E | null> {
  const element = useRef<E>(null)
  useEffect(() => {
    const { activeElement, body } = document
    if (isWanted && (activeElement === null || activeElement === body)) element.current?.focus()
  }, [isWanted])
  return element
}
