import { type Channel, createClosing, ownReasons } from './channel'

/** Two ends of a channel inside one process. Messages are cloned, so that neither side sees the other's objects. */
export function memoryChannels(): [Channel, Channel] {
  const closing = createClosing()
  const listeners: [((message: unknown) => void)[], ((message: unknown) => void)[]] = [[], []]
  const end = (own: 0 | 1): Channel => ({
    post(message) {
      const copy = structuredClone(message)
      queueMicrotask(() => {
        if (!closing.isClosed()) for (const listener of listeners[1 - own]) listener(copy)
      })
    },
    onMessage: (listener) => void listeners[own].push(listener),
    onClose: closing.onClose,
    close: (reason) => closing.close(ownReasons[reason]),
  })
  return [end(0), end(1)]
}
