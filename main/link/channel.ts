/** Carries messages between two processes, in order, over whatever connects them. */
export interface Channel {
  /** Throws where the message cannot be sent as it is: not cloneable, or too large. */
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** The listener hears once why the channel is gone; at once where it is gone already. */
  onClose(listener: (reason: string) => void): void
  /** `junk`: the other side breaks the protocol. */
  close(reason: 'done' | 'junk'): void
}

/** Why a channel is gone that was closed at this end. */
export const ownReasons = { done: 'it was closed', junk: 'it received junk' } as const

/** Remembers the end of a channel for listeners that come late. */
export function createClosing() {
  const listeners: ((reason: string) => void)[] = []
  let closed: string | null = null
  return {
    isClosed: () => closed !== null,
    onClose(listener: (reason: string) => void) {
      if (closed === null) listeners.push(listener)
      else listener(closed)
    },
    close(reason: string) {
      if (closed !== null) return
      closed = reason
      for (const listener of listeners) listener(reason)
    },
  }
}
