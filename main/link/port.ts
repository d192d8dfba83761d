import { type Channel, createClosing } from './channel'

/** What MessagePorts of browsers and Node have in common; Electron's are adapted in `desktop`. */
export interface PortLike {
  postMessage(message: unknown): void
  addEventListener(name: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(name: 'close', listener: () => void): void
  start(): void
  close(): void
}

/** A channel over a MessagePort: structured clone, so that typed arrays, NaN and infinities arrive as they are. */
export function portChannel(port: PortLike): Channel {
  const closing = createClosing()
  port.addEventListener('close', () => closing.close('the other side closed it'))
  return {
    post(message) {
      if (!closing.isClosed()) port.postMessage(message)
    },
    onMessage(listener) {
      port.addEventListener('message', (event) => listener(event.data))
      port.start()
    },
    onClose: closing.onClose,
    close(reason) {
      port.close()
      closing.close(reason === 'junk' ? 'it received junk' : 'it was closed')
    },
  }
}
